/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.exitpoint.cpu.interpreter.Interpreter.Prepared;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.ir.IrInsn;
import org.exitpoint.isa.ir.IrOp;
import org.exitpoint.isa.ir.Value;
import org.exitpoint.isa.ops.Cond;
import org.exitpoint.isa.ops.FlagKind;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.CodeMode;
import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.translate.lower.Exit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Each operation alone, emitted and by the interpreter, on random and extreme operands in random registers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationTest {
    private static final int PLACES = 10;
    private static final int OPERANDS = Integer.getInteger("exitpoint.operands", 250);
    private static final Width[] WIDTHS = {Width.I8, Width.I16, Width.I32, Width.I64};

    private final TestMachine machine = TestMachine.interpreted().longMode();
    private final EmittedInstructions emitted = new EmittedInstructions();
    private Random random;
    private RandomProgram values;

    @BeforeAll
    void seed() {
        random = new Random(1);
        values = new RandomProgram(random, CodeMode.BITS64);
    }

    @AfterAll
    void close() {
        emitted.close();
        machine.close();
    }

    /** Writes down a program. */
    private static final class Program {
        private final List<IrInsn> insns = new ArrayList<>();
        private int count;

        Value define(IrOp op, Width width, Width result, long auxiliary, Value... arguments) {
            Value value = new Value(count++, result);
            insns.add(new IrInsn(op, width, value, Arrays.asList(arguments), auxiliary));
            return value;
        }

        void effect(IrOp op, Width width, long auxiliary, Value... arguments) {
            insns.add(new IrInsn(op, width, null, Arrays.asList(arguments), auxiliary));
        }

        Value register(Width width, int number) {
            return define(IrOp.GET_REGISTER, width, width, number);
        }

        /** Puts a value, zero-extended, in a register. */
        void put(int register, Value value) {
            Value wide = value.width() == Width.I64 ? value
                : define(IrOp.ZERO_EXTEND, value.width(), Width.I64, 0, value);
            effect(IrOp.SET_REGISTER, Width.I64, register, wide);
        }

        Instruction instruction() {
            effect(IrOp.NEXT, Width.I64, 0);
            return EmittedInstructions.instruction(insns, count);
        }
    }

    static Stream<IrOp> operations() {
        return Stream.of(IrOp.values()).filter(op -> op.has(IrOp.Attribute.PURE) && op.arguments() > 0
            && op != IrOp.DIV_FITS_U && op != IrOp.DIV_FITS_S);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void agrees(IrOp op) {
        for (Width width : WIDTHS) {
            for (int place = 0; place < PLACES; place++) {
                compare(op + "." + width, List.of(operation(op, width)));
            }
        }
    }

    private int anyRegister() {
        return random.nextInt(16);
    }

    private Instruction operation(IrOp op, Width width) {
        Program program = new Program();
        int target = anyRegister();
        Value a = program.register(width, random.nextInt(4) == 0 ? target : anyRegister());
        switch (op) {
            case NEG, NOT, BYTE_SWAP, POP_COUNT, LEADING_ZEROS, TRAILING_ZEROS ->
                program.put(target, program.define(op, width, width, 0, a));
            case ZERO_EXTEND, SIGN_EXTEND -> program.put(target, width == Width.I64 ? a
                : program.define(op, width, random.nextBoolean() || width == Width.I32 ? Width.I64 : Width.I32, 0, a));
            case TRUNCATE -> program.put(target,
                program.define(op, width, width == Width.I8 ? Width.I1 : Width.I8, 0, a));
            case SHL, SHR, SAR, ROL, ROR -> program.put(target, program.define(op, width, width, 0, a, count(program)));
            case SELECT -> program.put(target, program.define(op, width, width, 0,
                program.define(IrOp.LESS_U, width, Width.I1, 0, a, program.register(width, anyRegister())),
                program.register(width, anyRegister()), operand(program, width)));
            case EQUAL, LESS_U, LESS_S -> program.put(target,
                program.define(op, width, Width.I1, 0, a, operand(program, width)));
            case DIV_U, REM_U -> divide(program, op, IrOp.DIV_FITS_U, width, target, a);
            case DIV_S, REM_S -> divide(program, op, IrOp.DIV_FITS_S, width, target, a);
            default -> program.put(target, program.define(op, width, width, 0, a, operand(program, width)));
        }
        return program.instruction();
    }

    private Value operand(Program program, Width width) {
        return random.nextInt(4) == 0 ? program.define(IrOp.CONST, width, width, values.value() & width.mask())
            : program.register(width, anyRegister());
    }

    private Value count(Program program) {
        Value count = operand(program, Width.I8);
        return random.nextBoolean() ? count : program.define(IrOp.AND, Width.I8, Width.I8, 0, count,
            program.define(IrOp.CONST, Width.I8, Width.I8, random.nextBoolean() ? 31 : 63));
    }

    private void divide(Program program, IrOp op, IrOp fits, Width width, int target, Value high) {
        Value low = program.register(width, anyRegister());
        Value extended = op == IrOp.DIV_S || op == IrOp.REM_S ? program.define(IrOp.SAR, width, width, 0, low,
            program.define(IrOp.CONST, Width.I8, Width.I8, width.bits() - 1)) : high;
        Value divisor = program.register(width, anyRegister());
        program.effect(IrOp.GUARD, Width.I1, 0, program.define(fits, width, Width.I1, 0, extended, low, divisor));
        program.put(target, program.define(op, width, width, 0, extended, low, divisor));
    }

    @ParameterizedTest
    @EnumSource(FlagKind.class)
    void definesFlagsAndReadsThem(FlagKind kind) {
        for (Width width : WIDTHS) {
            for (Cond condition : Cond.values()) {
                compare(kind + "." + width + " " + condition, List.of(definition(kind, width), reading(condition)));
            }
        }
    }

    private Instruction definition(FlagKind kind, Width width) {
        Program program = new Program();
        int target = anyRegister();
        Value a = program.register(width, target);
        Value b = operand(program, width);
        Value one = program.define(IrOp.CONST, width, width, 1);
        Value carry = program.define(IrOp.FLAG, Width.I1, Width.I1, 0);
        Value in = program.define(IrOp.ZERO_EXTEND, Width.I1, width, 0, carry);
        Value byOne = program.define(IrOp.CONST, Width.I8, Width.I8, 1);
        Value result = switch (kind) {
            case ADD -> program.define(IrOp.ADD, width, width, 0, a, b);
            case SUB -> program.define(IrOp.SUB, width, width, 0, a, b);
            case ADC -> program.define(IrOp.ADD, width, width, 0, program.define(IrOp.ADD, width, width, 0, a, b), in);
            case SBB -> program.define(IrOp.SUB, width, width, 0, program.define(IrOp.SUB, width, width, 0, a, b), in);
            case LOGIC -> program.define(IrOp.XOR, width, width, 0, a, b);
            case INC -> program.define(IrOp.ADD, width, width, 0, a, one);
            case DEC -> program.define(IrOp.SUB, width, width, 0, a, one);
            case SHL -> program.define(IrOp.SHL, width, width, 0, a, byOne);
            case SHR -> program.define(IrOp.SHR, width, width, 0, a, byOne);
            case MUL -> program.define(IrOp.MUL, width, width, 0, a, b);
            case EXPLICIT -> a;
        };
        if (kind == FlagKind.EXPLICIT) {
            program.effect(IrOp.FLAGS_SET, Width.I32, random.nextInt(0x1000) | 1,
                program.define(IrOp.ZERO_EXTEND, Width.I8, Width.I32, 0, program.register(Width.I8, anyRegister())));
            return program.instruction();
        }
        if (random.nextBoolean()) {
            program.effect(IrOp.SET_REGISTER, width, target, result);
        }
        Value source = kind == FlagKind.SHL || kind == FlagKind.SHR ? a : b;
        boolean carries = switch (kind) {
            case ADC, SBB, INC, DEC, MUL -> true;
            default -> false;
        };
        program.effect(IrOp.FLAGS_DEF, width, kind.ordinal(), source, result, carries ? carry : null);
        return program.instruction();
    }

    private Instruction reading(Cond condition) {
        Program program = new Program();
        Value holds = program.define(IrOp.CONDITION, Width.I1, Width.I1, condition.ordinal());
        if (random.nextBoolean()) {
            program.put(anyRegister(), program.define(IrOp.FLAGS_GET, Width.I32, Width.I32, 0));
        }
        program.put(anyRegister(), holds);
        return program.instruction();
    }

    private void compare(String what, List<Instruction> instructions) {
        emitted.emit(instructions);
        List<Prepared> prepared = instructions.stream().map(machine.interpreter::prepare).toList();
        for (int i = 0; i < OPERANDS; i++) {
            values.start(machine);
            long[] before = machine.snapshot();
            long[] expected = interpret(prepared);
            restore(before);
            Exit.Reason reason = emitted.run(machine.state);
            if (reason == Exit.Reason.HAND_OVER) {
                // Division that emitted code does not do: nothing may have changed.
                expected = before;
            }
            if (!Arrays.equals(machine.snapshot(), expected)) {
                assertThat(machine.snapshot()).as("%s\n%s\nfrom %s", what,
                    instructions.getFirst().shape().program(), Arrays.toString(before)).isEqualTo(expected);
            }
        }
    }

    /** The state after the interpreter's turn, or null if it faulted. */
    private long[] interpret(List<Prepared> instructions) {
        long budget = machine.state.get(GuestState.BUDGET);
        try {
            instructions.forEach(machine.interpreter::step);
        } catch (Interruption.Fault e) {
            return null;
        }
        machine.state.set(GuestState.BUDGET, budget);
        return machine.snapshot();
    }

    private void restore(long[] snapshot) {
        for (int i = 0; i < 16; i++) {
            machine.state.setRegister(i, snapshot[i]);
        }
        machine.state.setRip(snapshot[16]);
        machine.state.setRflags(snapshot[17]);
    }
}
