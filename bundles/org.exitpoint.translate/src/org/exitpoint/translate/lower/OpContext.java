/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.lower;

import java.util.List;

import org.exitpoint.isa.ir.IrOp;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.translate.bind.BoundOp;
import org.exitpoint.translate.bind.BoundProgram;
import org.exitpoint.translate.emit.HostAssembler;
import org.exitpoint.translate.emit.HostRegister;
import org.exitpoint.translate.emit.Label;

/** What the classes that lower operations share: the operation, its surroundings, and where results go. */
final class OpContext {
    /** No guest register. */
    static final int NO_TARGET = -1;
    /** Values beyond the program's own. */
    static final int EXTRA_VALUES = 2;

    final HostAssembler asm;
    final FlagTracker flags;
    final Values values;
    private final ExitStubs stubs;
    private BoundProgram program;
    private List<BoundOp> ops;
    private int index;
    private boolean[] placed;
    private int giveBack;
    private long restart;

    OpContext(HostAssembler asm, ExitStubs stubs) {
        this.asm = asm;
        this.stubs = stubs;
        flags = new FlagTracker(asm);
        values = new Values(asm, flags);
        flags.use(values);
        asm.guardFlags(flags);
    }

    /** Starts an instruction, so many steps before the end of what the budget was charged for. */
    void begin(BoundProgram newProgram, int stepsLeft) {
        program = newProgram;
        ops = newProgram.ops();
        giveBack = stepsLeft;
        restart = asm.position();
        placed = new boolean[newProgram.values()];
        values.begin(newProgram, EXTRA_VALUES);
        flags.startInstruction();
    }

    BoundOp start(int opIndex) {
        index = opIndex;
        BoundOp op = ops.get(opIndex);
        values.start(op);
        return op;
    }

    BoundProgram program() {
        return program;
    }

    /** Number of the value that is the host address of an open read-modify-write. */
    int accessAddress() {
        return program.values();
    }

    /** Number of the value that is the host address of where an indirect branch goes. */
    int branchAddress() {
        return program.values() + 1;
    }

    // Results.

    /** The guest register that the current operation's result will be written to and may be computed in, or none. */
    int target() {
        BoundOp op = ops.get(index);
        for (int i = index + 1; i < ops.size(); i++) {
            BoundOp later = ops.get(i);
            if (!later.isAlive()) {
                continue;
            }
            if (later.op() == IrOp.SET_REGISTER && later.argument(0) == op.result()) {
                boolean fits = later.auxiliary() < 16 && later.width() == op.resultWidth();
                return fits && !isTouched((int) later.auxiliary(), i) ? (int) later.auxiliary() : NO_TARGET;
            }
            if (later.op().has(IrOp.Attribute.MAY_FAULT)) {
                return NO_TARGET;
            }
        }
        return NO_TARGET;
    }

    /** Whether a guest register is read or written by operations after the current one and before another. */
    private boolean isTouched(int guest, int end) {
        for (int i = index + 1; i < end; i++) {
            BoundOp op = ops.get(i);
            boolean reads = op.op() == IrOp.GET_REGISTER || op.op() == IrOp.EFFECTIVE_ADDRESS;
            boolean writes = op.op() == IrOp.SET_REGISTER && op.auxiliary() % 16 == guest;
            if (op.isAlive() && (reads || writes)) {
                return true;
            }
        }
        return false;
    }

    /** Like {@link #target}, but only a host register in which a whole result can be computed. */
    int wholePinnedTarget() {
        int guest = target();
        boolean usable = guest != NO_TARGET && RegisterMap.isPinned(guest)
            && ops.get(index).resultWidth().bits() >= Width.I32.bits();
        return usable ? guest : NO_TARGET;
    }

    /** Says that the current operation's result was computed in its target. */
    void placed(int guest) {
        int result = ops.get(index).result();
        values.put(result, new Location.InGuest(guest));
        placed[result] = true;
    }

    /** Whether a value was computed in the register that it is to be written to. */
    boolean isPlaced(int value) {
        return placed[value];
    }

    /**
     * A register for the current operation's result that none of its arguments is in: the target or a scratch register.
     */
    HostRegister freshDestination() {
        BoundOp op = ops.get(index);
        int guest = wholePinnedTarget();
        for (int a = 0; a < op.argumentCount(); a++) {
            if (values.isIn(op.argument(a), guest)) {
                guest = NO_TARGET;
            }
        }
        if (guest == NO_TARGET) {
            return values.take();
        }
        values.beforeWrite(guest);
        placed(guest);
        return RegisterMap.pinned(guest);
    }

    /** Says that a destination has the result, with zeros above a width. */
    void complete(HostRegister destination, Width zeroAbove) {
        int result = ops.get(index).result();
        if (!placed[result]) {
            values.define(result, destination, zeroAbove);
        }
    }

    /** The live definition of flags by a value, or null. */
    BoundOp flagsDefinition(int result) {
        for (int i = index + 1; i < ops.size(); i++) {
            BoundOp op = ops.get(i);
            if (op.op() == IrOp.FLAGS_DEF && op.isAlive() && op.argument(1) == result) {
                return op;
            }
        }
        return null;
    }

    // Exits.

    /** A label that leaves for Java before the instruction. */
    Label leave(Exit.Reason reason) {
        return stubs.stub(new Exit(reason, program.offset(), program.instruction(), giveBack, flags.state(),
                restart, 0, false));
    }

    /** A label that leaves for Java because of an access; see {@link ExitStubs#miss}. */
    Label miss(int bytes, boolean write, int tagOffset) {
        return stubs.miss(new Exit(Exit.Reason.TLB_MISS, program.offset(), program.instruction(), giveBack,
            flags.state(), restart, bytes, write), tagOffset);
    }
}
