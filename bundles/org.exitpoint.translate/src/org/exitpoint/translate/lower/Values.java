/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.lower;

import java.util.Arrays;

import org.exitpoint.isa.ops.Cond;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.translate.bind.BoundOp;
import org.exitpoint.translate.bind.BoundProgram;
import org.exitpoint.translate.emit.Alu;
import org.exitpoint.translate.emit.HostAddress;
import org.exitpoint.translate.emit.HostAssembler;
import org.exitpoint.translate.emit.HostOperand;
import org.exitpoint.translate.emit.HostRegister;

/**
 * Where the values of the instruction being lowered are, and who has the two scratch registers.
 *
 * <p>While one operation is lowered, scratch registers that {@link #take} and {@link #register} gave stay in hand, so
 * an operation can have two. {@link #finish} ends an operation and frees what its last uses held.
 */
final class Values {
    private static final HostRegister[] SCRATCHES = {RegisterMap.SCRATCH, RegisterMap.SCRATCH2};

    private final HostAssembler asm;
    private final FlagTracker flags;
    private final int[] owner = new int[SCRATCHES.length];
    private final boolean[] inHand = new boolean[SCRATCHES.length];
    private final int[] slotOwner = new int[Scratch.SLOTS];
    private BoundProgram program;
    private Location[] locations = new Location[0];
    private Width[] clean = new Width[0];
    private int[] left = new int[0];
    private BoundOp current;

    Values(HostAssembler asm, FlagTracker flags) {
        this.asm = asm;
        this.flags = flags;
    }

    /** Starts an instruction; {@code extra} values more than the program has can be defined. */
    void begin(BoundProgram newProgram, int extra) {
        program = newProgram;
        int count = newProgram.values() + extra;
        locations = new Location[count];
        clean = new Width[count];
        left = new int[count];
        for (int i = 0; i < newProgram.values(); i++) {
            left[i] = newProgram.uses(i);
            if (newProgram.isConstant(i)) {
                locations[i] = new Location.Known(newProgram.constant(i));
            }
        }
        Arrays.fill(owner, BoundOp.NONE);
        Arrays.fill(inHand, false);
        Arrays.fill(slotOwner, BoundOp.NONE);
    }

    /** Takes nothing to be in hand any more, nor needed. */
    void letGo() {
        Arrays.fill(inHand, false);
        Arrays.fill(owner, BoundOp.NONE);
        Arrays.fill(left, 0);
    }

    /** Starts an operation. */
    void start(BoundOp op) {
        current = op;
    }

    /** Ends an operation: its arguments have been used once more. */
    void finish() {
        for (int a = 0; a < current.argumentCount(); a++) {
            if (current.argument(a) >= 0) {
                left[current.argument(a)]--;
            }
        }
        Arrays.fill(inHand, false);
        for (int i = 0; i < owner.length; i++) {
            if (owner[i] >= 0 && left[owner[i]] <= 0) {
                owner[i] = BoundOp.NONE;
            }
        }
        for (int i = 0; i < slotOwner.length; i++) {
            if (slotOwner[i] >= 0 && left[slotOwner[i]] <= 0) {
                slotOwner[i] = BoundOp.NONE;
            }
        }
    }

    Location at(int value) {
        if (locations[value] == null) {
            throw new IllegalStateException("value " + value + " has no location in\n" + program.ops());
        }
        return locations[value];
    }

    /** Puts a value somewhere that is not a scratch register. */
    void put(int value, Location location) {
        if (locations[value] instanceof Location.InScratch in && owner[indexOf(in.register())] == value) {
            owner[indexOf(in.register())] = BoundOp.NONE;
        }
        locations[value] = location;
        clean[value] = null;
    }

    /** Says that a scratch register in hand has the value; bits above a width are zero. */
    void define(int value, HostRegister register, Width zeroAbove) {
        locations[value] = new Location.InScratch(register);
        clean[value] = zeroAbove;
        owner[indexOf(register)] = value;
    }

    /** Says that a value will be used once more than the program says. */
    void retain(int value) {
        left[value]++;
    }

    /** Says that a value was used once; the current operation's arguments are counted by {@link #finish}. */
    void release(int value) {
        left[value]--;
    }

    /** Whether all bits above a width are zero where the value is. */
    boolean isClean(int value, Width width) {
        return clean[value] != null && clean[value].bits() <= width.bits();
    }

    /** Whether the current operation's uses of a value are the last. */
    boolean isLastUse(int value) {
        return left[value] <= usesByCurrent(value);
    }

    boolean isIn(int value, int guest) {
        return value >= 0 && locations[value] instanceof Location.InGuest in && in.register() == guest;
    }

    boolean isScratch(int value) {
        return value >= 0 && locations[value] instanceof Location.InScratch;
    }

    /** The constant, if the value is one that an instruction of the width can have as an immediate. */
    boolean isImmediate(int value, Width width) {
        return locations[value] instanceof Location.Known known
            && (width != Width.I64 || known.value() == (int) known.value());
    }

    long constant(int value) {
        return ((Location.Known) locations[value]).value();
    }

    boolean isKnown(int value) {
        return locations[value] instanceof Location.Known;
    }

    /** A free scratch register, in hand until the operation is finished. */
    HostRegister take() {
        int chosen = -1;
        for (int i = 0; i < SCRATCHES.length; i++) {
            if (!inHand[i] && (chosen < 0 || owner[i] < 0)) {
                chosen = i;
            }
        }
        if (chosen < 0) {
            throw new IllegalStateException("no scratch register is left for " + current);
        }
        evict(chosen);
        inHand[chosen] = true;
        return SCRATCHES[chosen];
    }

    /** Both scratch registers, free; values in them go to the state block. */
    void takeBoth() {
        for (int i = 0; i < SCRATCHES.length; i++) {
            evict(i);
            inHand[i] = true;
        }
    }

    /** Takes back a scratch register that was in hand. */
    void giveBack(HostRegister register) {
        inHand[indexOf(register)] = false;
    }

    /** Makes a scratch register that holds an argument at its last use the result's; else gives another with a copy. */
    HostRegister takeCopy(int value, Width width) {
        if (locations[value] instanceof Location.InScratch in && isLastUse(value)) {
            owner[indexOf(in.register())] = BoundOp.NONE;
            inHand[indexOf(in.register())] = true;
            return in.register();
        }
        HostRegister register = take();
        load(register, value, width);
        return register;
    }

    private void evict(int scratch) {
        int value = owner[scratch];
        if (value >= 0 && left[value] > 0) {
            int slot = freeSlot(value);
            asm.mov(Width.I64, Scratch.slot(slot), SCRATCHES[scratch]);
            locations[value] = new Location.InSlot(slot);
        }
        owner[scratch] = BoundOp.NONE;
    }

    private int freeSlot(int value) {
        for (int i = 0; i < slotOwner.length; i++) {
            if (slotOwner[i] < 0) {
                slotOwner[i] = value;
                return i;
            }
        }
        throw new IllegalStateException("no slot is left for " + current);
    }

    private static int indexOf(HostRegister register) {
        return register == RegisterMap.SCRATCH ? 0 : 1;
    }

    // Access.

    /** A value as an operand to read: a register or memory. */
    HostOperand operand(int value, Width width) {
        return switch (at(value)) {
            case Location.InGuest in -> RegisterMap.operand(in.register());
            case Location.InSlot in -> Scratch.slot(in.slot());
            case Location.InState in when width.bytes() <= in.width().bytes() -> RegisterMap.state(in.offset());
            default -> register(value, width);
        };
    }

    /** A value in a register, guest's or scratch; not to be changed. */
    HostRegister register(int value, Width width) {
        switch (at(value)) {
            case Location.InGuest in when RegisterMap.isPinned(in.register()) -> {
                return RegisterMap.pinned(in.register());
            }
            case Location.InScratch in -> {
                inHand[indexOf(in.register())] = true;
                return in.register();
            }
            default -> {
                HostRegister register = take();
                load(register, value, width);
                return register;
            }
        }
    }

    /**
     * Loads a value into a host register; only a sum of which a part stands in memory can change the host's flags.
     */
    void load(HostRegister to, int value, Width width) {
        Width wide = width == Width.I64 ? Width.I64 : Width.I32;
        switch (at(value)) {
            case Location.Known known -> asm.mov(to, known.value());
            case Location.InGuest in -> move(wide, to, RegisterMap.operand(in.register()));
            case Location.InScratch in -> move(Width.I64, to, in.register());
            case Location.InSlot in -> asm.mov(Width.I64, to, Scratch.slot(in.slot()));
            case Location.InState in -> asm.movZeroExtend(in.width() == Width.I1 ? Width.I8 : in.width(), to,
                RegisterMap.state(in.offset()));
            case Location.Sum sum -> loadSum(to, sum);
            case Location.InFlags in -> asm.set(in.condition(), to);
            case Location.Pair pair -> throw new IllegalStateException("a pair is no value: " + pair);
        }
    }

    private void move(Width width, HostRegister to, HostOperand from) {
        if (to != from) {
            asm.mov(width, to, from);
        }
    }

    private void loadSum(HostRegister to, Location.Sum sum) {
        boolean baseInMemory = sum.base() >= 0 && !RegisterMap.isPinned(sum.base());
        boolean indexInMemory = sum.index() >= 0 && !RegisterMap.isPinned(sum.index());
        if (baseInMemory && indexInMemory && sum.base() != sum.index()) {
            asm.mov(Width.I64, to, RegisterMap.inState(sum.index()));
            asm.lea(Width.I64, to, new HostAddress(null, to, sum.scale(), sum.displacement()));
            asm.alu(Alu.ADD, sum.width(), to, RegisterMap.inState(sum.base()));
            return;
        }
        if (baseInMemory && isPinnedTo(sum.index(), to)) {
            asm.lea(Width.I64, to, new HostAddress(null, to, sum.scale(), sum.displacement()));
            asm.alu(Alu.ADD, sum.width(), to, RegisterMap.inState(sum.base()));
            return;
        }
        if (indexInMemory && isPinnedTo(sum.base(), to)) {
            asm.lea(Width.I64, to, HostAddress.at(to, sum.displacement()));
            for (int i = 0; i < 1 << sum.scale(); i++) {
                asm.alu(Alu.ADD, sum.width(), to, RegisterMap.inState(sum.index()));
            }
            return;
        }
        if (baseInMemory || indexInMemory) {
            asm.mov(Width.I64, to, RegisterMap.inState(baseInMemory ? sum.base() : sum.index()));
        }
        asm.lea(sum.width(), to, new HostAddress(addend(sum.base(), to), addend(sum.index(), to), sum.scale(),
            sum.displacement()));
    }

    private static boolean isPinnedTo(int guest, HostRegister host) {
        return guest >= 0 && RegisterMap.isPinned(guest) && RegisterMap.pinned(guest) == host;
    }

    private static HostRegister addend(int guest, HostRegister loaded) {
        if (guest < 0) {
            return null;
        }
        return RegisterMap.isPinned(guest) ? RegisterMap.pinned(guest) : loaded;
    }

    /** Makes sure that the host's flags say whether a value is not 0, and how. */
    Cond condition(int value) {
        switch (at(value)) {
            case Location.InFlags in -> {
                return in.condition();
            }
            case Location.Known known -> {
                asm.movImmediate(Width.I8, RegisterMap.state(Scratch.SAVED), known.value());
                asm.alu(Alu.CMP, Width.I8, RegisterMap.state(Scratch.SAVED), 0);
                return Cond.NE;
            }
            default -> {
                asm.alu(Alu.CMP, Width.I8, operand(value, Width.I1), 0);
                return Cond.NE;
            }
        }
    }

    // Changes.

    /** Saves what still needs a guest register, which is about to be written. */
    void beforeWrite(int guest) {
        for (int value = 0; value < locations.length; value++) {
            if (locations[value] != null && left[value] > usesByCurrent(value)) {
                saveFrom(guest, value);
            }
        }
        if (current.flagsLiveAfter()) {
            flags.beforeWrite(guest, this);
        }
    }

    /** Saves a value that still needs a field of the state block, which is about to be written. */
    void saveFromState(int value, int offset) {
        if (locations[value] instanceof Location.InState in && in.offset() == offset
            && left[value] > usesByCurrent(value)) {
            HostRegister register = take();
            load(register, value, in.width());
            int slot = freeSlot(value);
            asm.mov(Width.I64, Scratch.slot(slot), register);
            put(value, new Location.InSlot(slot));
            giveBack(register);
        }
    }

    private void saveFrom(int guest, int value) {
        if (locations[value] instanceof Location.InGuest in && in.register() == guest) {
            HostRegister from = RegisterMap.isPinned(guest) ? RegisterMap.pinned(guest) : take();
            if (!RegisterMap.isPinned(guest)) {
                asm.mov(Width.I64, from, RegisterMap.inState(guest));
                giveBack(from);
            }
            int slot = freeSlot(value);
            asm.mov(Width.I64, Scratch.slot(slot), from);
            put(value, new Location.InSlot(slot));
        } else if (locations[value] instanceof Location.Sum sum && sum.reads(guest)) {
            HostRegister register = take();
            loadSum(register, sum);
            int slot = freeSlot(value);
            asm.mov(Width.I64, Scratch.slot(slot), register);
            put(value, new Location.InSlot(slot));
            giveBack(register);
        }
    }

    /** Saves conditions that are in the host's flags only. */
    void beforeFlagsChange() {
        for (int value = 0; value < locations.length; value++) {
            if (left[value] > 0) {
                saveCondition(value);
            }
        }
    }

    /** Saves a value if it is in the host's flags only. */
    void saveCondition(int value) {
        if (locations[value] instanceof Location.InFlags in) {
            int slot = freeSlot(value);
            asm.set(in.condition(), Scratch.slot(slot));
            put(value, new Location.InSlot(slot));
        }
    }

    private int usesByCurrent(int value) {
        int uses = 0;
        for (int a = 0; a < current.argumentCount(); a++) {
            if (current.argument(a) == value) {
                uses++;
            }
        }
        return uses;
    }
}
