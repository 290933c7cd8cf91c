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
import org.exitpoint.translate.emit.Alu;
import org.exitpoint.translate.emit.HostAssembler;
import org.exitpoint.translate.emit.HostOperand;
import org.exitpoint.translate.emit.HostRegister;
import org.exitpoint.translate.emit.Shift;

/**
 * Code that gets conditions and flags out of a described tuple, mostly by doing its operation once more. What a flag is
 * for each kind is said by {@link StatusFlags}; the tests hold this against it.
 */
final class FlagRecreation {
    private static final int OF_RESULT = Flag.mask(Flag.ZF, Flag.SF, Flag.PF);

    private final HostAssembler asm;
    private Values values;
    private int exactInHost;

    FlagRecreation(HostAssembler asm) {
        this.asm = asm;
    }

    void use(Values newValues) {
        values = newValues;
    }

    // Parts.

    private static HostOperand place(FlagPart part) {
        return switch (part.place()) {
            case GUEST -> RegisterMap.operand((int) part.value());
            case STATE -> RegisterMap.state((int) part.value());
            case CONSTANT, ABSENT -> throw new IllegalStateException("no place for " + part);
        };
    }

    private void load(HostRegister to, FlagPart part) {
        if (part.place() == FlagPart.Place.CONSTANT) {
            asm.mov(to, part.value());
        } else {
            asm.mov(Width.I64, to, place(part));
        }
    }

    /** Does an operation with a part as its second operand. */
    private void alu(Alu op, Width width, HostRegister to, FlagPart part) {
        if (part.place() != FlagPart.Place.CONSTANT) {
            asm.alu(op, width, to, place(part));
        } else if (width != Width.I64 || part.value() == (int) part.value()) {
            asm.alu(op, width, to, part.value());
        } else {
            HostRegister constant = values.take();
            asm.mov(constant, part.value());
            asm.alu(op, width, to, constant);
            values.giveBack(constant);
        }
    }

    private void loadResult(HostRegister to, FlagState state) {
        if (state.result().isPresent()) {
            load(to, state.result());
        } else {
            load(to, state.first());
            alu(state.kind() == FlagKind.SUB ? Alu.SUB : Alu.AND, state.width(), to, state.source());
        }
    }

    /** Stores result, source and carry where the state block has them, zero-extended. */
    void storeParts(FlagState state) {
        HostRegister register = values.take();
        if (state.result().place() == FlagPart.Place.STATE && state.width() == Width.I64
            && state.result().value() == GuestState.FLAGS_RESULT) {
            values.giveBack(register);
        } else {
            loadResult(register, state);
            storeClean(register, state.width(), GuestState.FLAGS_RESULT);
        }
        register = values.take();
        if (state.source().isPresent()
            && !(state.source().place() == FlagPart.Place.STATE && state.width() == Width.I64)) {
            load(register, state.source());
            storeClean(register, state.width(), GuestState.FLAGS_SOURCE);
        } else {
            values.giveBack(register);
        }
        if (state.carry().place() == FlagPart.Place.CONSTANT) {
            asm.movImmediate(Width.I32, RegisterMap.state(GuestState.FLAGS_CARRY), state.carry().value());
        }
    }

    private void storeClean(HostRegister register, Width width, int offset) {
        if (width != Width.I64) {
            asm.movZeroExtend(width, register, register);
        }
        asm.mov(Width.I64, RegisterMap.state(offset), register);
        values.giveBack(register);
    }

    // Known flags.

    boolean isConstant(FlagState state) {
        return !state.isStored() && isConstant(state.result()) && isConstant(state.source())
            && isConstant(state.carry()) && state.result().isPresent();
    }

    private static boolean isConstant(FlagPart part) {
        return part.place() == FlagPart.Place.CONSTANT || part.place() == FlagPart.Place.ABSENT;
    }

    long constantWord(FlagState state) {
        return StatusFlags.word(state.kind(), state.width(), state.source().value(), state.result().value(),
            (int) state.carry().value());
    }

    // Conditions.

    /** Which of the guest's flags the host's are after the last {@link #condition}. */
    int exactInHost() {
        return exactInHost;
    }

    /** Emits what makes the host's flags say a condition; gives the host's condition for it. */
    Cond condition(FlagState state, Cond condition) {
        exactInHost = 0;
        if ((condition.reads() & ~OF_RESULT) == 0 && state.kind() != FlagKind.EXPLICIT) {
            testResult(state);
            exactInHost = OF_RESULT;
            return condition;
        }
        return switch (state.kind()) {
            case LOGIC -> {
                testResult(state);
                exactInHost = Flag.ALL & ~Flag.AF.mask();
                yield condition;
            }
            case ADD, ADC, SUB, SBB -> {
                redo(state);
                exactInHost = Flag.ALL;
                yield condition;
            }
            case INC, DEC, MUL, SHL, SHR -> rareCondition(state, condition);
            case EXPLICIT -> explicitCondition(state, condition);
        };
    }

    private Cond rareCondition(FlagState state, Cond condition) {
        int read = condition.reads();
        Cond simple = null;
        if (read == Flag.CF.mask()) {
            simple = carry(state);
        } else if (read == Flag.OF.mask()) {
            simple = overflow(state);
        } else if ((read & Flag.CF.mask()) == 0 && (state.kind() == FlagKind.INC || state.kind() == FlagKind.DEC)) {
            redo(state);
            return condition;
        }
        if (simple != null) {
            return (condition.ordinal() & 1) != 0 ? simple.negate() : simple;
        }
        HostRegister word = values.take();
        word(state, 0, word);
        return conditionOf(word, condition);
    }

    private Cond carry(FlagState state) {
        switch (state.kind()) {
            case SHL -> testSign(state.source(), state.width());
            case SHR -> {
                HostRegister source = values.take();
                load(source, state.source());
                asm.test(Width.I8, source, 1);
                values.giveBack(source);
                return Cond.NE;
            }
            default -> {
                testCarry(state);
                return Cond.NE;
            }
        }
        return Cond.S;
    }

    private Cond overflow(FlagState state) {
        switch (state.kind()) {
            case SHL, SHR -> {
                HostRegister difference = values.take();
                load(difference, state.source());
                alu(Alu.XOR, state.width(), difference, state.result());
                asm.test(state.width(), difference, difference);
                values.giveBack(difference);
                return Cond.S;
            }
            case MUL -> {
                testCarry(state);
                return Cond.NE;
            }
            default -> {
                redo(state);
                return Cond.O;
            }
        }
    }

    private void testCarry(FlagState state) {
        if (state.carry().place() == FlagPart.Place.CONSTANT) {
            HostRegister carry = values.take();
            asm.mov(carry, state.carry().value());
            asm.test(Width.I8, carry, carry);
            values.giveBack(carry);
        } else {
            asm.alu(Alu.CMP, Width.I8, place(state.carry()), 0);
        }
    }

    private void testSign(FlagPart part, Width width) {
        HostRegister register = values.take();
        load(register, part);
        asm.test(width, register, register);
        values.giveBack(register);
    }

    private void testResult(FlagState state) {
        FlagPart result = state.result();
        if (!result.isPresent()) {
            redo(state);
        } else if (result.place() == FlagPart.Place.GUEST && RegisterMap.isPinned((int) result.value())) {
            HostRegister register = RegisterMap.pinned((int) result.value());
            asm.test(state.width(), register, register);
        } else {
            testSign(result, state.width());
        }
    }

    /**
     * Does the operation of the tuple once more: afterwards the host's flags are its flags, but for the CF of INC and
     * DEC.
     */
    private void redo(FlagState state) {
        Width width = state.width();
        if (!state.result().isPresent()) {
            redoPair(state);
            return;
        }
        HostRegister register = values.take();
        load(register, state.result());
        switch (state.kind()) {
            case ADD -> {
                alu(Alu.SUB, width, register, state.source());
                alu(Alu.ADD, width, register, state.source());
            }
            case SUB -> {
                alu(Alu.ADD, width, register, state.source());
                alu(Alu.CMP, width, register, state.source());
            }
            case ADC, SBB -> redoWithCarry(state, register);
            case INC -> {
                asm.alu(Alu.SUB, width, register, 1);
                asm.alu(Alu.ADD, width, register, 1);
            }
            case DEC -> {
                asm.alu(Alu.ADD, width, register, 1);
                asm.alu(Alu.SUB, width, register, 1);
            }
            case LOGIC -> asm.test(width, register, register);
            default -> throw new IllegalStateException("nothing to do once more for " + state);
        }
        values.giveBack(register);
    }

    private void redoPair(FlagState state) {
        HostRegister first;
        boolean pinned = state.first().place() == FlagPart.Place.GUEST
            && RegisterMap.isPinned((int) state.first().value());
        if (pinned) {
            first = RegisterMap.pinned((int) state.first().value());
        } else {
            first = values.take();
            load(first, state.first());
        }
        if (state.kind() == FlagKind.SUB) {
            alu(Alu.CMP, state.width(), first, state.source());
        } else {
            test(state.width(), first, state.source());
        }
        if (!pinned) {
            values.giveBack(first);
        }
    }

    private void test(Width width, HostRegister first, FlagPart source) {
        if (source.place() != FlagPart.Place.CONSTANT) {
            asm.test(width, place(source), first);
        } else if (width != Width.I64 || source.value() == (int) source.value()) {
            asm.test(width, first, source.value());
        } else {
            HostRegister constant = values.take();
            asm.mov(constant, source.value());
            asm.test(width, first, constant);
            values.giveBack(constant);
        }
    }

    private void redoWithCarry(FlagState state, HostRegister register) {
        boolean sum = state.kind() == FlagKind.ADC;
        asm.bitTest(place(state.carry()), 0);
        alu(sum ? Alu.SBB : Alu.ADC, state.width(), register, state.source());
        asm.bitTest(place(state.carry()), 0);
        alu(sum ? Alu.ADC : Alu.SBB, state.width(), register, state.source());
    }

    private Cond explicitCondition(FlagState state, Cond condition) {
        HostRegister word = values.take();
        load(word, state.result());
        return conditionOf(word, condition);
    }

    /** Tests a condition in a word of flags, whose register it uses up. */
    private Cond conditionOf(HostRegister word, Cond condition) {
        Cond even = Cond.of(condition.ordinal() & ~1);
        if (even == Cond.L || even == Cond.LE) {
            HostRegister shifted = values.take();
            asm.mov(Width.I64, shifted, word);
            asm.shift(Shift.SHL, Width.I32, shifted, Flag.OF.bit() - Flag.SF.bit());
            asm.alu(Alu.XOR, Width.I32, shifted, word);
            asm.alu(Alu.AND, Width.I32, shifted, Flag.OF.mask());
            asm.alu(Alu.AND, Width.I32, word, even == Cond.LE ? Flag.ZF.mask() : 0);
            asm.alu(Alu.OR, Width.I32, word, shifted);
            values.giveBack(shifted);
        } else {
            asm.test(Width.I32, word, condition.reads());
        }
        values.giveBack(word);
        return (condition.ordinal() & 1) != 0 ? Cond.E : Cond.NE;
    }

    // Words.

    /** Puts the flags at their EFLAGS positions in a scratch register in hand. */
    void word(FlagState state, int inHost, HostRegister to) {
        int exact = state.kind() == FlagKind.LOGIC ? Flag.ALL & ~Flag.AF.mask() : Flag.ALL;
        if ((inHost & exact) == exact) {
            hostWord(to, exact);
            return;
        }
        switch (state.kind()) {
            case EXPLICIT -> load(to, state.result());
            case LOGIC -> {
                testResult(state);
                hostWord(to, exact);
            }
            case ADD, ADC, SUB, SBB -> {
                redo(state);
                hostWord(to, exact);
            }
            case INC, DEC -> {
                redo(state);
                hostWord(to, exact & ~Flag.CF.mask());
                orCarry(state, to, Flag.CF.mask());
            }
            case MUL -> {
                testResult(state);
                hostWord(to, OF_RESULT);
                orCarry(state, to, Flag.mask(Flag.CF, Flag.OF));
            }
            case SHL, SHR -> {
                testResult(state);
                hostWord(to, OF_RESULT);
                orShifted(state, to);
            }
        }
    }

    private void hostWord(HostRegister to, int mask) {
        asm.pushFlags();
        asm.pop(to);
        asm.alu(Alu.AND, Width.I32, to, mask);
    }

    private void orCarry(FlagState state, HostRegister to, int mask) {
        HostRegister bits = values.take();
        if (state.carry().place() == FlagPart.Place.CONSTANT) {
            asm.mov(bits, state.carry().value());
        } else {
            asm.movZeroExtend(Width.I8, bits, place(state.carry()));
        }
        asm.imul(Width.I32, bits, bits, mask);
        asm.alu(Alu.OR, Width.I32, to, bits);
        values.giveBack(bits);
    }

    private void orShifted(FlagState state, HostRegister to) {
        int top = state.width().bits() - 1;
        HostRegister bit = values.take();
        load(bit, state.source());
        if (state.kind() == FlagKind.SHL) {
            asm.shift(Shift.SHR, state.width(), bit, top);
        }
        asm.alu(Alu.AND, Width.I32, bit, Flag.CF.mask());
        asm.alu(Alu.OR, Width.I32, to, bit);
        load(bit, state.source());
        alu(Alu.XOR, state.width(), bit, state.result());
        asm.shift(Shift.SHR, state.width(), bit, top);
        asm.shift(Shift.SHL, Width.I32, bit, Flag.OF.bit());
        asm.alu(Alu.AND, Width.I32, bit, Flag.OF.mask());
        asm.alu(Alu.OR, Width.I32, to, bit);
        values.giveBack(bit);
    }
}
