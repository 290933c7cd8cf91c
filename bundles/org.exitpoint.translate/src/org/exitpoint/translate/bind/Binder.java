/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.bind;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.exitpoint.arch.Rflags;
import org.exitpoint.isa.ir.IrInsn;
import org.exitpoint.isa.ir.IrOp;
import org.exitpoint.isa.ir.IrProgram;
import org.exitpoint.isa.ir.RegisterSlot;
import org.exitpoint.isa.ir.Value;
import org.exitpoint.isa.ops.FlagKind;
import org.exitpoint.isa.ops.Segment;
import org.exitpoint.isa.ops.StateField;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.Instruction;

/** Binds one instruction: goes through its program once, forwards. */
public final class Binder {
    private static final FlagKind[] KINDS = FlagKind.values();
    private static final StateField[] FIELDS = StateField.values();
    private static final int CANONICAL_SHIFT = 16;

    private final Instruction instruction;
    private final long offset;
    private final List<BoundOp> ops = new ArrayList<>();
    private final Constants constants;
    private final int[] same;
    private final BoundOp[] definitions;
    private final int[] overflowOf;
    private final int[] lastRead = new int[24 * Width.values().length];
    private boolean emittable = true;

    private Binder(Instruction instruction, long offset) {
        this.instruction = instruction;
        this.offset = offset;
        int values = instruction.shape().program().values();
        constants = new Constants(values);
        same = new int[values];
        definitions = new BoundOp[values];
        overflowOf = new int[values];
        Arrays.fill(overflowOf, BoundOp.NONE);
        Arrays.fill(lastRead, BoundOp.NONE);
        for (int i = 0; i < values; i++) {
            same[i] = i;
        }
    }

    /**
     * Binds an instruction.
     *
     * @param offset its offset in the code segment
     * @param flagsLiveAfter whether the status flags after it may be read
     */
    public static BoundProgram bind(Instruction instruction, long offset, boolean flagsLiveAfter) {
        Binder binder = new Binder(instruction, offset);
        IrProgram program = instruction.shape().program();
        for (IrInsn insn : program.instructions()) {
            binder.bind(insn);
        }
        BoundProgram bound = new BoundProgram(instruction, offset, binder.ops, binder.constants, binder.overflowOf,
            binder.emittable);
        bound.markAlive(flagsLiveAfter);
        return bound;
    }

    private void bind(IrInsn insn) {
        switch (insn.op()) {
            case CONST -> known(insn, insn.auxiliary());
            case IMMEDIATE -> known(insn, instruction.immediate());
            case IMMEDIATE2 -> known(insn, instruction.immediate2());
            case REG_NUMBER -> known(insn, instruction.reg());
            case INSTRUCTION_POINTER -> known(insn, offset);
            case NEXT_INSTRUCTION -> known(insn, next());
            case RELATIVE_TARGET -> known(insn, next() + instruction.immediate() & insn.width().mask());
            case EFFECTIVE_ADDRESS -> effectiveAddress(insn);
            case GET_REGISTER -> getRegister(insn);
            case SET_REGISTER -> setRegister(insn);
            case LOAD, STORE, LOAD_RMW, PROBE_WRITE -> access(insn);
            case SEGMENT_BASE -> add(insn, segment(insn.auxiliary()));
            case GUARD -> guard(insn);
            case GUARD_TARGET -> guardTarget(insn);
            case FLAGS_DEF -> flagsDef(insn, KINDS[(int) insn.auxiliary()], argument(insn, 0), argument(insn, 1),
                argument(insn, 2));
            case FLAGS_DEF_IF -> flagsDefIf(insn);
            case SET_FIELD -> setField(insn);
            case HELPER, INTERCEPT, END_BLOCK, TRANSFERRED, NOT_IMPLEMENTED -> {
                emittable = false;
                add(insn, insn.auxiliary());
            }
            default -> {
                if (!simplify(insn)) {
                    add(insn, insn.auxiliary());
                }
            }
        }
    }

    private long next() {
        return offset + instruction.length() & instruction.shape().key().mode().instructionPointerMask();
    }

    private int argument(IrInsn insn, int position) {
        Value value = insn.argument(position);
        return value == null ? BoundOp.NONE : same[value.id()];
    }

    private void known(IrInsn insn, long value) {
        constants.set(insn.result().id(), value & insn.result().width().mask());
    }

    private void alias(IrInsn insn, int value) {
        same[insn.result().id()] = value;
    }

    private BoundOp add(IrInsn insn, long auxiliary) {
        int[] arguments = new int[insn.arguments().size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = argument(insn, i);
        }
        return add(insn, auxiliary, arguments);
    }

    private BoundOp add(IrInsn insn, long auxiliary, int... arguments) {
        int result = insn.result() == null ? BoundOp.NONE : insn.result().id();
        BoundOp op = new BoundOp(insn.op(), insn.width(), result,
            insn.result() == null ? null : insn.result().width(), auxiliary, arguments);
        ops.add(op);
        if (result >= 0) {
            definitions[result] = op;
        }
        return op;
    }

    // Registers and addresses.

    private int register(long slot) {
        return switch ((int) slot) {
            case RegisterSlot.REG -> instruction.reg();
            case RegisterSlot.RM -> instruction.rm();
            case RegisterSlot.VVVV -> instruction.vvvv();
            default -> (int) slot;
        };
    }

    private long segment(long ordinal) {
        return ordinal == Segment.OPERAND.ordinal() ? instruction.segment() : ordinal;
    }

    /** Outside 64-bit mode FS, GS and CS have limits and rights that emitted code does not look at. */
    private void access(IrInsn insn) {
        long segment = segment(insn.auxiliary());
        emittable &= instruction.shape().key().mode().isLong() || segment != Segment.CS.ordinal()
            && segment < Segment.FS.ordinal();
        add(insn, segment);
    }

    /** Writes of fields that modes, rights and events depend on are the interpreter's. */
    private void setField(IrInsn insn) {
        emittable &= switch (FIELDS[(int) insn.auxiliary()]) {
            case FS_BASE, GS_BASE, KERNEL_GS_BASE, TSC_AUX -> true;
            case SYSTEM_FLAGS -> changesDirectionOnly(definitions[argument(insn, 0)]);
            default -> false;
        };
        add(insn, insn.auxiliary());
    }

    private boolean changesDirectionOnly(BoundOp value) {
        if (value == null || value.argumentCount() != 2 || !constants.isKnown(value.argument(1))) {
            return false;
        }
        BoundOp old = definitions[value.argument(0)];
        long constant = constants.get(value.argument(1));
        return old != null && old.op() == IrOp.GET_FIELD && old.auxiliary() == StateField.SYSTEM_FLAGS.ordinal()
            && (value.op() == IrOp.AND && constant == ~Rflags.DF.mask()
                || value.op() == IrOp.OR && constant == Rflags.DF.mask());
    }

    private static int readIndex(int register, Width width) {
        return register * Width.values().length + width.ordinal();
    }

    private void getRegister(IrInsn insn) {
        int register = register(insn.auxiliary());
        int index = readIndex(register, insn.width());
        if (lastRead[index] >= 0) {
            alias(insn, lastRead[index]);
        } else {
            lastRead[index] = insn.result().id();
            add(insn, register);
        }
    }

    private void setRegister(IrInsn insn) {
        int register = register(insn.auxiliary());
        int whole = register >= RegisterSlot.HIGH_BYTE ? register - RegisterSlot.HIGH_BYTE : register;
        for (Width width : Width.values()) {
            lastRead[readIndex(whole, width)] = BoundOp.NONE;
        }
        if (whole < 4) {
            lastRead[readIndex(whole + RegisterSlot.HIGH_BYTE, Width.I8)] = BoundOp.NONE;
        }
        add(insn, register);
    }

    private void effectiveAddress(IrInsn insn) {
        if (instruction.base() == Instruction.RIP) {
            known(insn, next() + instruction.displacement() & insn.width().mask());
        } else if (instruction.base() == Instruction.NO_REGISTER && instruction.index() == Instruction.NO_REGISTER) {
            known(insn, instruction.displacement() & insn.width().mask());
        } else {
            add(insn, insn.auxiliary());
        }
    }

    // Guards and flags.

    private void guard(IrInsn insn) {
        int condition = argument(insn, 0);
        if (constants.is(condition, 0)) {
            emittable = false;
        }
        if (!constants.is(condition, 1)) {
            add(insn, insn.auxiliary());
        }
    }

    private void guardTarget(IrInsn insn) {
        int target = argument(insn, 0);
        BoundOp definition = definitions[target];
        boolean choice = definition != null && definition.op() == IrOp.SELECT;
        boolean fine = choice ? isReachable(definition.argument(1)) && isReachable(definition.argument(2))
            : isReachable(target);
        if (!fine) {
            emittable &= !choice && !constants.isKnown(target);
            add(insn, insn.auxiliary());
        }
    }

    private boolean isReachable(int target) {
        if (!constants.isKnown(target)) {
            return false;
        }
        long value = constants.get(target);
        return !instruction.shape().key().mode().isLong() || value << CANONICAL_SHIFT >> CANONICAL_SHIFT == value;
    }

    private void flagsDef(IrInsn insn, FlagKind kind, int source, int result, int carry) {
        FlagKind simpler = kind == FlagKind.SUB && constants.is(result, 0) ? FlagKind.LOGIC : kind;
        boolean sourceCounts = simpler != FlagKind.LOGIC && simpler != FlagKind.MUL && simpler != FlagKind.EXPLICIT
            && simpler != FlagKind.INC && simpler != FlagKind.DEC;
        if (kind == FlagKind.MUL) {
            matchOverflow(carry);
        }
        BoundOp op = new BoundOp(IrOp.FLAGS_DEF, insn.width(), BoundOp.NONE, null, simpler.ordinal(),
            sourceCounts ? source : BoundOp.NONE, result, carry);
        ops.add(op);
    }

    private void flagsDefIf(IrInsn insn) {
        int condition = argument(insn, 0);
        if (!constants.isKnown(condition)) {
            add(insn, insn.auxiliary());
        } else if (constants.get(condition) != 0) {
            flagsDef(insn, KINDS[(int) insn.auxiliary()], argument(insn, 1), argument(insn, 2), BoundOp.NONE);
        }
    }

    /**
     * Recognises {@code high half != sign of low half} of a signed product: the overflow that the host tells as well.
     */
    private void matchOverflow(int carry) {
        BoundOp not = carry < 0 ? null : definitions[carry];
        BoundOp equal = not == null || not.op() != IrOp.NOT ? null : definitions[not.argument(0)];
        if (equal == null || equal.op() != IrOp.EQUAL || equal.width().bits() < Width.I16.bits()) {
            return;
        }
        BoundOp high = definitions[equal.argument(0)];
        BoundOp sign = definitions[equal.argument(1)];
        if (high == null || high.op() != IrOp.MULHS || sign == null || sign.op() != IrOp.SAR) {
            return;
        }
        BoundOp low = definitions[sign.argument(0)];
        if (low != null && low.op() == IrOp.MUL && low.argument(0) == high.argument(0)
            && low.argument(1) == high.argument(1) && constants.is(sign.argument(1), low.width().bits() - 1)) {
            overflowOf[low.result()] = carry;
            ops.remove(not);
        }
    }

    // Simplification.

    private boolean simplify(IrInsn insn) {
        if (insn.result() == null || insn.arguments().isEmpty()) {
            return false;
        }
        int a = argument(insn, 0);
        int b = insn.arguments().size() > 1 ? argument(insn, 1) : BoundOp.NONE;
        int c = insn.arguments().size() > 2 ? argument(insn, 2) : BoundOp.NONE;
        if (Folding.canFold(insn.op()) && allKnown(a, b, c)) {
            known(insn, Folding.fold(insn.op(), insn.width(), insn.result().width(), constants.get(a),
                b < 0 ? 0 : constants.get(b), c < 0 ? 0 : constants.get(c)));
            return true;
        }
        return switch (insn.op()) {
            case TRUNCATE -> insn.result().width() != Width.I1 && isAlias(insn, a);
            case AND -> a == b && isAlias(insn, a) || constants.is(b, insn.width().mask()) && isAlias(insn, a);
            case OR -> a == b && isAlias(insn, a) || constants.is(b, 0) && isAlias(insn, a);
            case XOR -> a == b ? isKnown(insn, 0) : constants.is(b, 0) && isAlias(insn, a);
            case SUB -> a == b ? isKnown(insn, 0) : constants.is(b, 0) && isAlias(insn, a) || withCarry(insn, a, b);
            case ADD -> constants.is(b, 0) && isAlias(insn, a) || withCarry(insn, a, b);
            case SHL, SHR, SAR, ROL, ROR -> constants.is(b, 0) && isAlias(insn, a);
            case SELECT -> select(insn, a, b, c);
            case EQUAL -> a == b && isKnown(insn, 1);
            default -> false;
        };
    }

    private boolean allKnown(int a, int b, int c) {
        return constants.isKnown(a) && (b < 0 || constants.isKnown(b)) && (c < 0 || constants.isKnown(c));
    }

    private boolean isAlias(IrInsn insn, int value) {
        if (constants.isKnown(value)) {
            known(insn, constants.get(value));
        } else {
            alias(insn, value);
        }
        return true;
    }

    private boolean isKnown(IrInsn insn, long value) {
        known(insn, value);
        return true;
    }

    private boolean select(IrInsn insn, int condition, int a, int b) {
        if (constants.isKnown(condition)) {
            return isAlias(insn, constants.get(condition) != 0 ? a : b);
        }
        return a == b && isAlias(insn, a);
    }

    /** Recognises {@code (x op y) op zeroExtend(carry)}, and {@code x op zeroExtend(carry)} as having a y of 0. */
    private boolean withCarry(IrInsn insn, int a, int b) {
        BoundOp inner = definitions[a];
        BoundOp extension = b < 0 ? null : definitions[b];
        if (extension == null || extension.op() != IrOp.ZERO_EXTEND || extension.width() != Width.I1) {
            return false;
        }
        if (inner != null && inner.op() == insn.op() && inner.argumentCount() == 2) {
            add(insn, 0, inner.argument(0), inner.argument(1), extension.argument(0));
        } else {
            add(insn, 0, a, BoundOp.NONE, extension.argument(0));
        }
        return true;
    }
}
