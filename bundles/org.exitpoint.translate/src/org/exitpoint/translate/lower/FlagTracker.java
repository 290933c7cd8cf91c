/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.lower;

import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.StatusFlags;
import org.exitpoint.isa.ops.Cond;
import org.exitpoint.isa.ops.Flag;
import org.exitpoint.isa.ops.FlagKind;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.translate.bind.BoundOp;
import org.exitpoint.translate.emit.Alu;
import org.exitpoint.translate.emit.FlagGuard;
import org.exitpoint.translate.emit.HostAssembler;
import org.exitpoint.translate.emit.HostRegister;
import org.exitpoint.translate.emit.Label;

/**
 * What is known of the guest's status flags at the place where code is being emitted: the description of their tuple,
 * and which of them the host's flags happen to be.
 */
final class FlagTracker implements FlagGuard {
    private static final FlagKind[] KINDS = FlagKind.values();

    private final HostAssembler asm;
    private final FlagRecreation recreation;
    private Values values;
    private FlagState state = FlagState.STORED;
    private int inHost;
    private int producer = BoundOp.NONE;
    private int producedMask;

    FlagTracker(HostAssembler asm) {
        this.asm = asm;
        this.recreation = new FlagRecreation(asm);
    }

    void use(Values newValues) {
        values = newValues;
        recreation.use(newValues);
    }

    FlagState state() {
        return state;
    }

    /** Starts with other flags: those of a block's entry. */
    void reset(FlagState newState) {
        state = newState;
        forgetHost();
    }

    /** Starts an instruction, whose values have nothing to do with those of the one before. */
    void startInstruction() {
        producer = BoundOp.NONE;
    }

    /** Does not rely on the host's flags any more. */
    void forgetHost() {
        inHost = 0;
        producer = BoundOp.NONE;
    }

    @Override
    public void beforeFlagsChange() {
        values.beforeFlagsChange();
        forgetHost();
    }

    /**
     * Says that the last instruction computed a value, and which guest flags the host's flags are for that operation.
     */
    void produced(int value, int mask) {
        producer = value;
        producedMask = mask;
    }

    /** Whether the carry flag is in the host's. */
    boolean isCarryInHost() {
        return (inHost & Flag.CF.mask()) != 0;
    }

    // Definitions.

    /** FLAGS_DEF. */
    void define(BoundOp op) {
        FlagKind kind = KINDS[(int) op.auxiliary()];
        int result = op.argument(1);
        FlagPart carry = op.argument(2) < 0 ? FlagPart.ABSENT : carryPart(op.argument(2));
        if (kind == FlagKind.ADC || kind == FlagKind.SBB) {
            carry = storedCarry(carry);
        }
        if (values.at(result) instanceof Location.Pair pair) {
            values.release(pair.first());
            values.release(pair.second());
            FlagPart first = part(pair.first(), Scratch.FIRST_OPERAND, op.width());
            FlagPart source = part(pair.second(), GuestState.FLAGS_SOURCE, op.width());
            state = new FlagState(kind, op.width(), FlagPart.ABSENT, first, source, carry);
        } else {
            FlagPart source = op.argument(0) < 0 ? FlagPart.ABSENT
                : part(op.argument(0), GuestState.FLAGS_SOURCE, op.width());
            FlagPart whole = part(result, GuestState.FLAGS_RESULT, op.width());
            state = new FlagState(kind, op.width(), whole, FlagPart.ABSENT, source, carry);
        }
        inHost = producer == result ? producedMask : 0;
    }

    /** Puts a carry that goes into the next definition where the tuple has it, if it is not known. */
    FlagPart carryPart(int value) {
        switch (values.at(value)) {
            case Location.Known known -> {
                return FlagPart.constant(known.value());
            }
            case Location.InState in when in.offset() == GuestState.FLAGS_CARRY -> {
                return FlagPart.state(GuestState.FLAGS_CARRY);
            }
            case Location.InFlags in -> asm.set(in.condition(), RegisterMap.state(GuestState.FLAGS_CARRY));
            default -> asm.mov(Width.I8, RegisterMap.state(GuestState.FLAGS_CARRY), values.register(value, Width.I1));
        }
        return FlagPart.state(GuestState.FLAGS_CARRY);
    }

    /** A carry that goes in is wanted as a bit in memory, to load the host's carry flag from. */
    private FlagPart storedCarry(FlagPart carry) {
        if (carry.place() == FlagPart.Place.CONSTANT) {
            asm.movImmediate(Width.I32, RegisterMap.state(GuestState.FLAGS_CARRY), carry.value());
        }
        return FlagPart.state(GuestState.FLAGS_CARRY);
    }

    private FlagPart part(int value, int home, Width width) {
        switch (values.at(value)) {
            case Location.Known known -> {
                return FlagPart.constant(known.value() & width.mask());
            }
            case Location.InGuest in -> {
                return FlagPart.guest(in.register());
            }
            default -> {
                HostRegister register = values.register(value, width);
                asm.mov(Width.I64, RegisterMap.state(home), register);
                if (!values.isScratch(value)) {
                    values.giveBack(register);
                }
                return FlagPart.state(home);
            }
        }
    }

    /** FLAGS_DEF_IF: afterwards the tuple is stored, whatever its kind. */
    void defineIf(BoundOp op) {
        store();
        HostRegister result = values.takeCopy(op.argument(2), op.width());
        asm.movZeroExtend(op.width(), result, result);
        HostRegister source = values.takeCopy(op.argument(1), op.width());
        asm.movZeroExtend(op.width(), source, source);
        Label skip = new Label();
        Cond condition = values.condition(op.argument(0));
        asm.jump(condition.negate(), skip);
        asm.mov(Width.I64, RegisterMap.state(GuestState.FLAGS_RESULT), result);
        asm.mov(Width.I64, RegisterMap.state(GuestState.FLAGS_SOURCE), source);
        storeOp(KINDS[(int) op.auxiliary()], op.width());
        asm.bind(skip);
    }

    /** FLAGS_SET: afterwards the flags are explicit. */
    void set(BoundOp op) {
        int mask = (int) op.auxiliary() & Flag.ALL;
        int value = op.argument(0);
        HostRegister word;
        if (mask == Flag.ALL) {
            word = values.takeCopy(value, Width.I32);
            asm.alu(Alu.AND, Width.I32, word, mask);
        } else {
            word = values.take();
            recreation.word(state, inHost, word);
            asm.alu(Alu.AND, Width.I32, word, Flag.ALL & ~mask);
            if (values.isKnown(value)) {
                asm.alu(Alu.OR, Width.I32, word, values.constant(value) & mask);
            } else {
                HostRegister bits = values.takeCopy(value, Width.I32);
                asm.alu(Alu.AND, Width.I32, bits, mask);
                asm.alu(Alu.OR, Width.I32, word, bits);
            }
        }
        asm.mov(Width.I64, RegisterMap.state(GuestState.FLAGS_RESULT), word);
        explicit();
        forgetHost();
    }

    /** The tuple in the state block is known to be the explicit one. */
    void explicit() {
        state = new FlagState(FlagKind.EXPLICIT, Width.I64, FlagPart.state(GuestState.FLAGS_RESULT), FlagPart.ABSENT,
            FlagPart.ABSENT, FlagPart.ABSENT);
    }

    /** Saves the parts that are in a guest register about to be written. */
    void beforeWrite(int guest, Values current) {
        if (state.isStored()) {
            return;
        }
        FlagPart result = saved(state.result(), guest, GuestState.FLAGS_RESULT, current);
        FlagPart first = saved(state.first(), guest, Scratch.FIRST_OPERAND, current);
        FlagPart source = saved(state.source(), guest, GuestState.FLAGS_SOURCE, current);
        state = state.with(result, first, source);
    }

    private FlagPart saved(FlagPart part, int guest, int home, Values current) {
        if (!part.isGuest(guest)) {
            return part;
        }
        if (RegisterMap.isPinned(guest)) {
            asm.mov(Width.I64, RegisterMap.state(home), RegisterMap.pinned(guest));
        } else {
            HostRegister register = current.take();
            asm.mov(Width.I64, register, RegisterMap.inState(guest));
            asm.mov(Width.I64, RegisterMap.state(home), register);
            current.giveBack(register);
        }
        return FlagPart.state(home);
    }

    /** Stores the tuple in the state block, so that any code can find it there. */
    void store() {
        if (!state.isStored()) {
            recreation.storeParts(state);
            storeOp(state.kind(), state.width());
            state = FlagState.STORED;
        }
    }

    private void storeOp(FlagKind kind, Width width) {
        asm.movImmediate(Width.I32, RegisterMap.state(GuestState.FLAGS_OP), StatusFlags.op(kind, width));
    }

    // Uses.

    /** The carry flag as a value: read from where the tuple has it, if it has it. */
    Location carry() {
        boolean kept = state.kind() == FlagKind.INC || state.kind() == FlagKind.DEC || state.kind() == FlagKind.MUL;
        return kept && state.carry().place() == FlagPart.Place.STATE
            ? new Location.InState(GuestState.FLAGS_CARRY, Width.I1) : condition(Cond.B);
    }

    /** Where a condition is found. */
    Location condition(Cond condition) {
        if (recreation.isConstant(state)) {
            return new Location.Known(condition.holds(recreation.constantWord(state)) ? 1 : 0);
        }
        if ((inHost & condition.reads()) == condition.reads()) {
            return new Location.InFlags(condition);
        }
        Cond host = recreation.condition(state, condition);
        inHost = recreation.exactInHost();
        return new Location.InFlags(host);
    }

    /** FLAGS_GET: puts the flags at their EFLAGS positions in a scratch register in hand. */
    void word(HostRegister to) {
        if (recreation.isConstant(state)) {
            asm.mov(to, recreation.constantWord(state));
        } else {
            recreation.word(state, inHost, to);
        }
    }
}
