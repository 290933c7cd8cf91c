/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.shape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.isa.ir.IrInsn;
import org.exitpoint.isa.ir.IrOp;
import org.exitpoint.isa.ir.IrProgram;
import org.exitpoint.isa.ir.RegisterSlot;
import org.exitpoint.isa.ir.Value;
import org.exitpoint.isa.ops.Cond;
import org.exitpoint.isa.ops.Flag;
import org.exitpoint.isa.ops.FlagKind;
import org.exitpoint.isa.ops.GuardFault;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.ops.Intercept;
import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.ops.Repeat;
import org.exitpoint.isa.ops.Segment;
import org.exitpoint.isa.ops.StateField;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Operand;

/** Runs a row's semantics for one shape and writes down what it does. */
final class IrBuilder implements Ops<Value> {
    private static final int ACCUMULATOR = GeneralRegister.RAX.number();
    private static final int COUNTER = GeneralRegister.RCX.number();
    private static final int DATA = GeneralRegister.RDX.number();
    private static final int SOURCE_INDEX = GeneralRegister.RSI.number();
    private static final int DESTINATION_INDEX = GeneralRegister.RDI.number();

    private final ShapeKey key;
    private final List<IrInsn> program = new ArrayList<>();
    private int values;

    IrBuilder(ShapeKey key) {
        this.key = key;
    }

    IrProgram build() {
        if (program.isEmpty() || !program.getLast().op().has(IrOp.Attribute.TERMINATES)) {
            emit(IrOp.NEXT, Width.I64);
        }
        return new IrProgram(List.copyOf(program), values);
    }

    private void emit(IrOp op, Width width, long auxiliary, Value... arguments) {
        program.add(new IrInsn(op, width, null, Arrays.asList(arguments), auxiliary));
    }

    private void emit(IrOp op, Width width, Value... arguments) {
        emit(op, width, 0, arguments);
    }

    private Value define(IrOp op, Width width, Width result, long auxiliary, Value... arguments) {
        Value value = new Value(values++, result);
        program.add(new IrInsn(op, width, value, Arrays.asList(arguments), auxiliary));
        return value;
    }

    private Value define(IrOp op, Width width, Value... arguments) {
        return define(op, width, width, 0, arguments);
    }

    private Value same(IrOp op, Value a, Value b) {
        return define(op, a.width(), a, b);
    }

    // Shape.

    @Override
    public Width operandWidth() {
        return key.operandWidth();
    }

    @Override
    public Width addressWidth() {
        return key.addressWidth();
    }

    @Override
    public Width stackWidth() {
        return key.stackWidth();
    }

    @Override
    public boolean longMode() {
        return key.mode().isLong();
    }

    @Override
    public boolean isMemory(int operand) {
        return key.isMemory(operand(operand));
    }

    @Override
    public Width widthOf(int operand) {
        return key.widthOf(operand(operand));
    }

    @Override
    public Repeat repeatPrefix() {
        return key.repeat();
    }

    private Operand operand(int position) {
        return key.encoding().operands().get(position);
    }

    // Operands.

    @Override
    public Value read(int position) {
        Operand operand = operand(position);
        Width width = key.widthOf(operand);
        if (key.isMemory(operand)) {
            return load(width, segmentOf(position), effectiveAddress(position));
        }
        return switch (operand.place()) {
            case IMMEDIATE -> define(IrOp.IMMEDIATE, width);
            case IMMEDIATE2 -> define(IrOp.IMMEDIATE2, width);
            case ONE -> constant(width, 1);
            case FIXED_SEGMENT -> constant(Width.I8, operand.fixedSegment());
            case SEGMENT, CONTROL, DEBUG -> define(IrOp.REG_NUMBER, Width.I8);
            case RELATIVE -> relativeTarget();
            default -> define(IrOp.GET_REGISTER, width, width, slotOf(operand));
        };
    }

    @Override
    public Value readForWrite(int position) {
        Operand operand = operand(position);
        if (key.isMemory(operand)) {
            return loadRmw(key.widthOf(operand), segmentOf(position), effectiveAddress(position));
        }
        return read(position);
    }

    @Override
    public void write(int position, Value value) {
        Operand operand = operand(position);
        if (key.isMemory(operand)) {
            store(segmentOf(position), effectiveAddress(position), value);
        } else {
            emit(IrOp.SET_REGISTER, value.width(), slotOf(operand), value);
        }
    }

    @Override
    public Value readRegister(Width width, int position) {
        return define(IrOp.GET_REGISTER, width, width, slotOf(operand(position)));
    }

    @Override
    public void writeRegister(Width width, int position, Value value) {
        emit(IrOp.SET_REGISTER, width, slotOf(operand(position)), value);
    }

    @Override
    public void writeBack(int position, Value old, Value value) {
        if (isMemory(position)) {
            storeRmw(old, value);
        } else {
            write(position, value);
        }
    }

    @Override
    public Value effectiveAddress(int position) {
        return switch (operand(position).place()) {
            case STRING_SOURCE -> zeroExtend(Width.I64, getRegister(addressWidth(), SOURCE_INDEX));
            case STRING_DESTINATION -> zeroExtend(Width.I64, getRegister(addressWidth(), DESTINATION_INDEX));
            default -> define(IrOp.EFFECTIVE_ADDRESS, addressWidth(), Width.I64, 0);
        };
    }

    @Override
    public Value effectiveAddressAfterPop(int position) {
        return define(IrOp.EFFECTIVE_ADDRESS, addressWidth(), Width.I64, operandWidth().bytes());
    }

    @Override
    public Segment segmentOf(int position) {
        return operand(position).place() == Operand.Place.STRING_DESTINATION ? Segment.ES : Segment.OPERAND;
    }

    private static int slotOf(Operand operand) {
        return switch (operand.place()) {
            case RM, RM_REGISTER -> RegisterSlot.RM;
            case REG -> RegisterSlot.REG;
            case VVVV -> RegisterSlot.VVVV;
            case ACCUMULATOR -> ACCUMULATOR;
            case COUNT -> COUNTER;
            case PORT -> DATA;
            default -> throw new IllegalStateException("operand " + operand + " is no register");
        };
    }

    // Values.

    @Override
    public Value constant(Width width, long value) {
        return define(IrOp.CONST, width, width, value & width.mask());
    }

    @Override
    public Value getRegister(Width width, int number) {
        return define(IrOp.GET_REGISTER, width, width, number);
    }

    @Override
    public void setRegister(Width width, int number, Value value) {
        emit(IrOp.SET_REGISTER, width, number, value);
    }

    @Override
    public Value getField(StateField field) {
        return define(IrOp.GET_FIELD, field.width(), field.width(), field.ordinal());
    }

    @Override
    public void setField(StateField field, Value value) {
        emit(IrOp.SET_FIELD, field.width(), field.ordinal(), value);
    }

    @Override
    public Value segmentBase(Segment segment) {
        return define(IrOp.SEGMENT_BASE, Width.I64, Width.I64, segment.ordinal());
    }

    @Override
    public Value instructionPointer() {
        return define(IrOp.INSTRUCTION_POINTER, Width.I64);
    }

    @Override
    public Value nextInstruction() {
        return define(IrOp.NEXT_INSTRUCTION, Width.I64);
    }

    @Override
    public Value relativeTarget() {
        return define(IrOp.RELATIVE_TARGET, operandWidth(), Width.I64, 0);
    }

    @Override
    public Value add(Value a, Value b) {
        return same(IrOp.ADD, a, b);
    }

    @Override
    public Value sub(Value a, Value b) {
        return same(IrOp.SUB, a, b);
    }

    @Override
    public Value neg(Value a) {
        return define(IrOp.NEG, a.width(), a);
    }

    @Override
    public Value not(Value a) {
        return define(IrOp.NOT, a.width(), a);
    }

    @Override
    public Value and(Value a, Value b) {
        return same(IrOp.AND, a, b);
    }

    @Override
    public Value or(Value a, Value b) {
        return same(IrOp.OR, a, b);
    }

    @Override
    public Value xor(Value a, Value b) {
        return same(IrOp.XOR, a, b);
    }

    @Override
    public Value shl(Value a, Value count) {
        return same(IrOp.SHL, a, count);
    }

    @Override
    public Value shr(Value a, Value count) {
        return same(IrOp.SHR, a, count);
    }

    @Override
    public Value sar(Value a, Value count) {
        return same(IrOp.SAR, a, count);
    }

    @Override
    public Value rol(Value a, Value count) {
        return same(IrOp.ROL, a, count);
    }

    @Override
    public Value ror(Value a, Value count) {
        return same(IrOp.ROR, a, count);
    }

    @Override
    public Value mul(Value a, Value b) {
        return same(IrOp.MUL, a, b);
    }

    @Override
    public Value mulhu(Value a, Value b) {
        return same(IrOp.MULHU, a, b);
    }

    @Override
    public Value mulhs(Value a, Value b) {
        return same(IrOp.MULHS, a, b);
    }

    @Override
    public Value divFitsU(Value high, Value low, Value divisor) {
        return define(IrOp.DIV_FITS_U, divisor.width(), Width.I1, 0, high, low, divisor);
    }

    @Override
    public Value divU(Value high, Value low, Value divisor) {
        return define(IrOp.DIV_U, divisor.width(), high, low, divisor);
    }

    @Override
    public Value remU(Value high, Value low, Value divisor) {
        return define(IrOp.REM_U, divisor.width(), high, low, divisor);
    }

    @Override
    public Value divFitsS(Value high, Value low, Value divisor) {
        return define(IrOp.DIV_FITS_S, divisor.width(), Width.I1, 0, high, low, divisor);
    }

    @Override
    public Value divS(Value high, Value low, Value divisor) {
        return define(IrOp.DIV_S, divisor.width(), high, low, divisor);
    }

    @Override
    public Value remS(Value high, Value low, Value divisor) {
        return define(IrOp.REM_S, divisor.width(), high, low, divisor);
    }

    @Override
    public Value byteSwap(Value a) {
        return define(IrOp.BYTE_SWAP, a.width(), a);
    }

    @Override
    public Value popCount(Value a) {
        return define(IrOp.POP_COUNT, a.width(), a);
    }

    @Override
    public Value leadingZeros(Value a) {
        return define(IrOp.LEADING_ZEROS, a.width(), a);
    }

    @Override
    public Value trailingZeros(Value a) {
        return define(IrOp.TRAILING_ZEROS, a.width(), a);
    }

    @Override
    public Value deposit(Value source, Value mask) {
        return same(IrOp.DEPOSIT, source, mask);
    }

    @Override
    public Value extract(Value source, Value mask) {
        return same(IrOp.EXTRACT, source, mask);
    }

    @Override
    public Value zeroExtend(Width width, Value a) {
        return a.width() == width ? a : define(IrOp.ZERO_EXTEND, a.width(), width, 0, a);
    }

    @Override
    public Value signExtend(Width width, Value a) {
        return a.width() == width ? a : define(IrOp.SIGN_EXTEND, a.width(), width, 0, a);
    }

    @Override
    public Value truncate(Width width, Value a) {
        return a.width() == width ? a : define(IrOp.TRUNCATE, a.width(), width, 0, a);
    }

    @Override
    public Value select(Value condition, Value a, Value b) {
        return define(IrOp.SELECT, a.width(), condition, a, b);
    }

    @Override
    public Value equal(Value a, Value b) {
        return define(IrOp.EQUAL, a.width(), Width.I1, 0, a, b);
    }

    @Override
    public Value lessU(Value a, Value b) {
        return define(IrOp.LESS_U, a.width(), Width.I1, 0, a, b);
    }

    @Override
    public Value lessS(Value a, Value b) {
        return define(IrOp.LESS_S, a.width(), Width.I1, 0, a, b);
    }

    // Flags.

    @Override
    public void flagsDef(FlagKind kind, Value source, Value result, Value carry) {
        emit(IrOp.FLAGS_DEF, result.width(), kind.ordinal(), source, result, carry);
    }

    @Override
    public void flagsDefIf(Value condition, FlagKind kind, Value source, Value result) {
        emit(IrOp.FLAGS_DEF_IF, result.width(), kind.ordinal(), condition, source, result);
    }

    @Override
    public Value flag(Flag flag) {
        return define(IrOp.FLAG, Width.I1, Width.I1, flag.ordinal());
    }

    @Override
    public Value condition(Cond condition) {
        return define(IrOp.CONDITION, Width.I1, Width.I1, condition.ordinal());
    }

    @Override
    public Value flagsGet() {
        return define(IrOp.FLAGS_GET, Width.I32);
    }

    @Override
    public void flagsSet(int mask, Value word) {
        emit(IrOp.FLAGS_SET, Width.I32, mask, word);
    }

    // Memory.

    @Override
    public Value load(Width width, Segment segment, Value offset) {
        return define(IrOp.LOAD, width, width, segment.ordinal(), offset);
    }

    @Override
    public void store(Segment segment, Value offset, Value value) {
        emit(IrOp.STORE, value.width(), segment.ordinal(), offset, value);
    }

    @Override
    public void probeWrite(Width width, Segment segment, Value offset) {
        emit(IrOp.PROBE_WRITE, width, segment.ordinal(), offset);
    }

    @Override
    public Value loadRmw(Width width, Segment segment, Value offset) {
        return define(IrOp.LOAD_RMW, width, width, segment.ordinal(), offset);
    }

    @Override
    public void storeRmw(Value loaded, Value value) {
        emit(IrOp.STORE_RMW, value.width(), loaded, value);
    }

    // Control.

    @Override
    public void guard(Value condition, GuardFault fault) {
        emit(IrOp.GUARD, Width.I1, fault.ordinal(), condition);
    }

    @Override
    public void guardTarget(Value target) {
        emit(IrOp.GUARD_TARGET, Width.I64, target);
    }

    @Override
    public void skipIf(Value condition) {
        emit(IrOp.SKIP_IF, Width.I1, condition);
    }

    @Override
    public void intercept(Intercept event, Value qualification) {
        emit(IrOp.INTERCEPT, Width.I64, event.ordinal(), qualification);
    }

    @Override
    public Value helper(Helper helper, List<Value> arguments) {
        Value[] values = arguments.toArray(Value[]::new);
        if (helper.result() == null) {
            emit(IrOp.HELPER, Width.I64, helper.ordinal(), values);
            return null;
        }
        return define(IrOp.HELPER, helper.result(), helper.result(), helper.ordinal(), values);
    }

    @Override
    public void jump(Value target) {
        emit(IrOp.JUMP, Width.I64, target);
    }

    @Override
    public void jumpIf(Value condition, Value target) {
        emit(IrOp.JUMP_IF, Width.I64, condition, target);
    }

    @Override
    public void jumpIndirect(Value target) {
        emit(IrOp.JUMP_INDIRECT, Width.I64, target);
    }

    @Override
    public void call(Value target) {
        emit(IrOp.CALL, Width.I64, target);
    }

    @Override
    public void ret(Value target) {
        emit(IrOp.RET, Width.I64, target);
    }

    @Override
    public void repeat(Value condition) {
        emit(IrOp.REPEAT, Width.I1, condition);
    }

    @Override
    public void endBlock() {
        emit(IrOp.END_BLOCK, Width.I64);
    }

    @Override
    public void transferred() {
        emit(IrOp.TRANSFERRED, Width.I64);
    }

    @Override
    public void notImplemented() {
        emit(IrOp.NOT_IMPLEMENTED, Width.I64);
    }
}
