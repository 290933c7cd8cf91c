/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.interpreter;

import java.util.Arrays;
import java.util.function.Predicate;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.core.EffectiveAddress;
import org.exitpoint.cpu.core.HelperBody;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.memory.OperandMemory;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.StatusFlags;
import org.exitpoint.isa.ir.IrOp;
import org.exitpoint.isa.ir.RegisterSlot;
import org.exitpoint.isa.ops.Cond;
import org.exitpoint.isa.ops.Effect;
import org.exitpoint.isa.ops.Flag;
import org.exitpoint.isa.ops.GuardFault;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.ops.Intercept;
import org.exitpoint.isa.ops.Segment;
import org.exitpoint.isa.ops.StateField;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.CodeMode;
import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.isa.shape.Shape;

/**
 * Runs the program of one instruction on a core's state.
 *
 * <p>The instruction pointer moves only when the program ends, so a fault leaves it at the instruction.
 */
final class ProgramRunner {
    private static final StateField[] FIELDS = StateField.values();
    private static final Flag[] FLAGS = Flag.values();
    private static final GuardFault[] GUARDS = GuardFault.values();
    private static final Intercept[] INTERCEPTS = Intercept.values();
    private static final Helper[] HELPERS = Helper.values();
    private static final int OPERAND_SEGMENT = Segment.OPERAND.ordinal();
    private static final int CS = Segment.CS.ordinal();
    private static final int STACK_POINTER = GeneralRegister.RSP.number();

    private final Core core;
    private final GuestState state;
    private final OperandMemory memory;
    private final HelperBody[] helpers;
    private final Predicate<Flag> flags;
    private ShapeCode[] codes = new ShapeCode[1024];

    ProgramRunner(Core core, HelperBody[] helpers) {
        this.core = core;
        this.state = core.state();
        this.memory = core.memory();
        this.helpers = helpers;
        this.flags = flag -> StatusFlags.isSet(state, flag);
    }

    /** The code of a shape, made on first use. */
    ShapeCode codeOf(Shape shape) {
        if (shape.id() >= codes.length) {
            codes = Arrays.copyOf(codes, Math.max(2 * codes.length, shape.id() + 1));
        }
        ShapeCode code = codes[shape.id()];
        if (code == null) {
            code = new ShapeCode(shape);
            codes[shape.id()] = code;
        }
        return code;
    }

    /**
     * Executes one instruction, or one iteration of it, and tells how it ended. What is frequent stands in this switch,
     * the rest behind its last lines, to keep both small enough for the host's compiler.
     */
    Completion run(ShapeCode shape, Instruction insn) {
        IrOp[] ops = shape.ops;
        int[] code = shape.code;
        long[] v = shape.values;
        for (int i = 0, at = 0; i < ops.length; i++, at += ShapeCode.STRIDE) {
            IrOp op = ops[i];
            int result = code[at + ShapeCode.RESULT];
            int bits = code[at + ShapeCode.BITS];
            int auxiliary = code[at + ShapeCode.AUXILIARY];
            long a = v[code[at + ShapeCode.FIRST]];
            long b = v[code[at + ShapeCode.SECOND]];
            switch (op) {
                case GET_REGISTER -> v[result] = register(auxiliary, bits, insn);
                case SET_REGISTER -> setRegister(auxiliary, bits, insn, a);
                case IMMEDIATE -> v[result] = insn.immediate() & IntegerOperations.mask(bits);
                case ADD -> v[result] = a + b & IntegerOperations.mask(bits);
                case SUB -> v[result] = a - b & IntegerOperations.mask(bits);
                case AND -> v[result] = a & b;
                case OR -> v[result] = a | b;
                case XOR -> v[result] = a ^ b;
                case TRUNCATE -> v[result] = a & IntegerOperations.mask(bits);
                case FLAGS_DEF -> state.defineFlags(auxiliary, a, b, (int) v[code[at + ShapeCode.THIRD]]);
                case EFFECTIVE_ADDRESS -> v[result] = effectiveAddress(insn, bits, auxiliary);
                case LOAD -> v[result] = memory.load(segment(auxiliary, insn), a, bits >> 3);
                case STORE -> memory.store(segment(auxiliary, insn), a, bits >> 3, b);
                case CONDITION -> v[result] = Cond.of(auxiliary).holds(flags) ? 1 : 0;
                case RELATIVE_TARGET ->
                    v[result] = nextInstruction(shape, insn) + insn.immediate() & IntegerOperations.mask(bits);
                case GUARD_TARGET -> guardTarget(a);
                case JUMP_IF -> {
                    state.setRip(a != 0 ? b : nextInstruction(shape, insn));
                    return Completion.BRANCHED;
                }
                case JUMP, JUMP_INDIRECT, CALL, RET -> {
                    state.setRip(a);
                    return Completion.BRANCHED;
                }
                case END_BLOCK -> {
                    return next(shape, insn, Completion.BLOCK_ENDED);
                }
                case TRANSFERRED -> {
                    return Completion.BLOCK_ENDED;
                }
                case REPEAT -> {
                    return a != 0 ? Completion.REPEATS : next(shape, insn, Completion.NEXT);
                }
                case SKIP_IF -> {
                    if (a != 0) {
                        return next(shape, insn, Completion.NEXT);
                    }
                }
                case HELPER, INTERCEPT -> {
                    if (!call(op, shape, at, insn)) {
                        return Completion.EXITED;
                    }
                }
                case SET_FIELD, FLAGS_DEF_IF, FLAGS_SET, PROBE_WRITE, STORE_RMW, GUARD ->
                    effect(op, shape, at, insn);
                case NOT_IMPLEMENTED -> throw new Interruption.NotImplemented(
                    insn.shape().key().row().title() + " (" + insn.shape().key().row().mnemonic() + ")");
                default -> v[result] = compute(op, shape, at, insn);
            }
        }
        return next(shape, insn, Completion.NEXT);
    }

    private static long argument(ShapeCode shape, int at, int position) {
        return shape.values[shape.code[at + position]];
    }

    private long compute(IrOp op, ShapeCode shape, int at, Instruction insn) {
        int[] code = shape.code;
        int bits = code[at + ShapeCode.BITS];
        int auxiliary = code[at + ShapeCode.AUXILIARY];
        long a = argument(shape, at, ShapeCode.FIRST);
        return switch (op) {
            case IMMEDIATE2 -> insn.immediate2() & IntegerOperations.mask(bits);
            case REG_NUMBER -> insn.reg();
            case GET_FIELD -> field(FIELDS[auxiliary]);
            case SEGMENT_BASE -> memory.linear(segment(auxiliary, insn), 0);
            case INSTRUCTION_POINTER -> state.rip();
            case NEXT_INSTRUCTION -> nextInstruction(shape, insn);
            case SIGN_EXTEND -> IntegerOperations.signExtend(bits, a) & IntegerOperations.mask(auxiliary);
            case FLAG -> StatusFlags.isSet(state, FLAGS[auxiliary]) ? 1 : 0;
            case FLAGS_GET -> StatusFlags.word(state);
            case LOAD_RMW -> memory.loadForWrite(segment(auxiliary, insn), a, bits >> 3);
            default -> arithmetic(op, bits, a, argument(shape, at, ShapeCode.SECOND),
                argument(shape, at, ShapeCode.THIRD));
        };
    }

    private static long arithmetic(IrOp op, int bits, long a, long b, long c) {
        long mask = IntegerOperations.mask(bits);
        return switch (op) {
            case NEG -> -a & mask;
            case NOT -> ~a & mask;
            case SHL -> IntegerOperations.shl(bits, a, b);
            case SHR -> IntegerOperations.shr(a, b);
            case SAR -> IntegerOperations.sar(bits, a, b);
            case ROL -> IntegerOperations.rol(bits, a, b);
            case ROR -> IntegerOperations.ror(bits, a, b);
            case MUL -> a * b & mask;
            case SELECT -> a != 0 ? b : c;
            case EQUAL -> a == b ? 1 : 0;
            case LESS_U -> Long.compareUnsigned(a, b) < 0 ? 1 : 0;
            case LESS_S -> IntegerOperations.signExtend(bits, a) < IntegerOperations.signExtend(bits, b) ? 1 : 0;
            default -> rareArithmetic(op, bits, a, b, c);
        };
    }

    private static long rareArithmetic(IrOp op, int bits, long a, long b, long c) {
        return switch (op) {
            case MULHU -> IntegerOperations.mulHighUnsigned(bits, a, b);
            case MULHS -> IntegerOperations.mulHighSigned(bits, a, b);
            case DIV_FITS_U -> IntegerOperations.divFitsUnsigned(a, c);
            case DIV_U -> IntegerOperations.divUnsigned(bits, a, b, c);
            case REM_U -> IntegerOperations.remUnsigned(bits, a, b, c);
            case DIV_FITS_S -> IntegerOperations.divFitsSigned(bits, a, b, c);
            case DIV_S -> IntegerOperations.divSigned(bits, a, b, c);
            case REM_S -> IntegerOperations.remSigned(bits, a, b, c);
            case BYTE_SWAP -> IntegerOperations.byteSwap(bits, a);
            case POP_COUNT -> Long.bitCount(a);
            case LEADING_ZEROS -> IntegerOperations.leadingZeros(bits, a);
            case TRAILING_ZEROS -> IntegerOperations.trailingZeros(bits, a);
            case DEPOSIT -> Long.expand(a, b);
            case EXTRACT -> Long.compress(a, b);
            default -> throw new IllegalStateException("engine 0 does not know the operation " + op);
        };
    }

    private void effect(IrOp op, ShapeCode shape, int at, Instruction insn) {
        int[] code = shape.code;
        int bits = code[at + ShapeCode.BITS];
        int auxiliary = code[at + ShapeCode.AUXILIARY];
        long first = argument(shape, at, ShapeCode.FIRST);
        long second = argument(shape, at, ShapeCode.SECOND);
        switch (op) {
            case SET_FIELD -> setField(FIELDS[auxiliary], first);
            case FLAGS_DEF_IF -> {
                if (first != 0) {
                    state.defineFlags(auxiliary, second, argument(shape, at, ShapeCode.THIRD), 0);
                }
            }
            case FLAGS_SET -> StatusFlags.set(state, StatusFlags.word(state) & ~auxiliary | first & auxiliary);
            case PROBE_WRITE -> memory.probeWrite(segment(auxiliary, insn), first, bits >> 3);
            case STORE_RMW -> memory.storeLoaded(bits >> 3, second);
            case GUARD -> {
                if (first == 0) {
                    throw fault(GUARDS[auxiliary]);
                }
            }
            default -> throw new IllegalStateException("engine 0 does not know the operation " + op);
        }
    }

    /** Calls a helper or the virtualization; false if that did a VM exit. */
    private boolean call(IrOp op, ShapeCode shape, int at, Instruction insn) {
        int[] code = shape.code;
        int auxiliary = code[at + ShapeCode.AUXILIARY];
        long first = argument(shape, at, ShapeCode.FIRST);
        if (op == IrOp.INTERCEPT) {
            Intercept event = INTERCEPTS[auxiliary];
            if ((state.get(GuestState.INTERCEPTS) & event.mask()) == 0) {
                return true;
            }
            return !core.virtualization().intercept(event, insn, first) || !core.takeExited();
        }
        long result = helpers[auxiliary].run(core, insn, first, argument(shape, at, ShapeCode.SECOND),
            argument(shape, at, ShapeCode.THIRD));
        if (HELPERS[auxiliary].has(Effect.EXITS) && core.takeExited()) {
            return false;
        }
        if (code[at + ShapeCode.RESULT] != ShapeCode.ABSENT) {
            shape.values[code[at + ShapeCode.RESULT]] = result & IntegerOperations.mask(code[at + ShapeCode.BITS]);
        }
        return true;
    }

    private Completion next(ShapeCode shape, Instruction insn, Completion completion) {
        state.setRip(nextInstruction(shape, insn));
        return completion;
    }

    private static Interruption fault(GuardFault fault) {
        return switch (fault) {
            case DE -> new Interruption.Fault(ExceptionVector.DE, 0);
            case UD -> new Interruption.Fault(ExceptionVector.UD, 0);
            case NM -> new Interruption.Fault(ExceptionVector.NM, 0);
            case GP0 -> new Interruption.Fault(ExceptionVector.GP, 0);
        };
    }

    private void guardTarget(long target) {
        boolean reachable;
        if (state.get8(GuestState.CODE_MODE) == CodeMode.BITS64.ordinal()) {
            reachable = target << 16 >> 16 == target;
        } else {
            reachable = target <= state.get32(GuestState.segment(CS) + GuestState.SEGMENT_LIMIT);
        }
        if (!reachable) {
            throw fault(GuardFault.GP0);
        }
    }

    // Registers and fields.

    private static int registerNumber(int slot, Instruction insn) {
        return switch (slot) {
            case RegisterSlot.REG -> insn.reg();
            case RegisterSlot.RM -> insn.rm();
            case RegisterSlot.VVVV -> insn.vvvv();
            default -> slot;
        };
    }

    private long register(int slot, int bits, Instruction insn) {
        int number = registerNumber(slot, insn);
        if (number >= RegisterSlot.HIGH_BYTE) {
            return state.register(number - RegisterSlot.HIGH_BYTE) >>> 8 & 0xFF;
        }
        return state.register(number) & IntegerOperations.mask(bits);
    }

    private void setRegister(int slot, int bits, Instruction insn, long value) {
        int number = registerNumber(slot, insn);
        if (number >= RegisterSlot.HIGH_BYTE) {
            long old = state.register(number - RegisterSlot.HIGH_BYTE);
            state.setRegister(number - RegisterSlot.HIGH_BYTE, old & ~0xFF00L | value << 8);
        } else if (bits >= 32) {
            state.setRegister(number, value);
        } else {
            state.setRegister(number, state.register(number) & ~IntegerOperations.mask(bits) | value);
        }
    }

    private long field(StateField field) {
        int offset = GuestState.offsetOf(field);
        return field.width() == Width.I8 ? state.get8(offset) : state.get(offset);
    }

    private void setField(StateField field, long value) {
        int offset = GuestState.offsetOf(field);
        if (field.width() == Width.I8) {
            state.set8(offset, (int) value);
        } else {
            state.set(offset, value);
        }
    }

    private static int segment(int auxiliary, Instruction insn) {
        return auxiliary == OPERAND_SEGMENT ? insn.segment() : auxiliary;
    }

    // Addresses.

    private long nextInstruction(ShapeCode shape, Instruction insn) {
        return state.rip() + insn.length() & shape.instructionPointerMask;
    }

    private long effectiveAddress(Instruction insn, int bits, int stackBias) {
        long bias = insn.base() == STACK_POINTER ? stackBias : 0;
        return EffectiveAddress.of(state, insn) + bias & IntegerOperations.mask(bits);
    }
}
