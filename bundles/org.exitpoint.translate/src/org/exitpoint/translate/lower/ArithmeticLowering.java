/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.lower;

import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.ir.IrOp;
import org.exitpoint.isa.ops.Cond;
import org.exitpoint.isa.ops.Flag;
import org.exitpoint.isa.ops.FlagKind;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.translate.bind.BoundOp;
import org.exitpoint.translate.emit.Alu;
import org.exitpoint.translate.emit.HostOperand;
import org.exitpoint.translate.emit.HostRegister;
import org.exitpoint.translate.emit.Unary;

/** Sums, differences, bitwise operations, comparisons, extensions and choices. */
final class ArithmeticLowering {
    private static final FlagKind[] KINDS = FlagKind.values();
    private static final int ALL_BUT_AF = Flag.ALL & ~Flag.AF.mask();
    private static final int ALL_BUT_CF = Flag.ALL & ~Flag.CF.mask();

    private final OpContext context;
    private final Values values;

    ArithmeticLowering(OpContext context) {
        this.context = context;
        this.values = context.values;
    }

    // Two operands.

    void binary(BoundOp op) {
        BoundOp definition = context.flagsDefinition(op.result());
        int a = op.argument(0);
        int b = op.argument(1);
        boolean commutes = op.op() != IrOp.SUB;
        if (commutes && b >= 0 && values.isKnown(a)) {
            int swap = a;
            a = b;
            b = swap;
        }
        if (op.argumentCount() == 2 && (isOnlyCompared(op, definition, a, b) || isSum(op, definition, a, b))) {
            return;
        }
        int guest = inPlaceTarget(op, a);
        if (guest != OpContext.NO_TARGET && values.isIn(b, guest) && !values.isIn(a, guest)) {
            if (commutes) {
                int swap = a;
                a = b;
                b = swap;
            } else {
                guest = OpContext.NO_TARGET;
            }
        }
        if (guest == OpContext.NO_TARGET) {
            HostRegister to = values.takeCopy(a, op.width());
            HostOperand from = source(b, op.width(), false);
            emit(op, definition, to, from, b);
            values.define(op.result(), to, cleanWidth(op.width()));
        } else {
            HostOperand to = RegisterMap.operand(guest);
            HostOperand from = source(b, op.width(), !RegisterMap.isPinned(guest));
            boolean there = values.isIn(a, guest);
            values.beforeWrite(guest);
            if (!there) {
                values.load(RegisterMap.pinned(guest), a, op.width());
            }
            emit(op, definition, to, from, b);
            context.placed(guest);
        }
    }

    /**
     * The target if the operation can be done there: in a host register whole, else only where its first operand is,
     * because partial writes and writes to the state block must not disturb the rest.
     */
    private int inPlaceTarget(BoundOp op, int a) {
        int guest = context.target();
        if (guest == OpContext.NO_TARGET) {
            return guest;
        }
        boolean narrow = op.width().bits() < Width.I32.bits();
        boolean inPlace = values.isIn(a, guest);
        boolean possible = RegisterMap.isPinned(guest) ? inPlace || !narrow : inPlace && op.width() != Width.I32;
        return possible ? guest : OpContext.NO_TARGET;
    }

    private static Width cleanWidth(Width width) {
        return width.bits() >= Width.I32.bits() ? width : null;
    }

    /** The second operand, or null if it is an immediate or missing. */
    private HostOperand source(int value, Width width, boolean wantsRegister) {
        if (value < 0 || values.isImmediate(value, width)) {
            return null;
        }
        return wantsRegister ? values.register(value, width) : values.operand(value, width);
    }

    private static Alu alu(IrOp op, boolean carry) {
        return switch (op) {
            case ADD -> carry ? Alu.ADC : Alu.ADD;
            case SUB -> carry ? Alu.SBB : Alu.SUB;
            case AND -> Alu.AND;
            case OR -> Alu.OR;
            case XOR -> Alu.XOR;
            default -> throw new IllegalArgumentException(op + " is no two-operand instruction");
        };
    }

    private void emit(BoundOp op, BoundOp definition, HostOperand to, HostOperand from, int b) {
        FlagKind kind = definition == null || definition.width() != op.width() ? null
            : KINDS[(int) definition.auxiliary()];
        if (kind == FlagKind.INC || kind == FlagKind.DEC) {
            step(op, definition, to);
            return;
        }
        boolean carry = op.argumentCount() > 2;
        if (carry) {
            carryIn(op.argument(2), kind == FlagKind.ADC || kind == FlagKind.SBB);
        }
        Alu instruction = alu(op.op(), carry);
        if (from != null) {
            context.asm.alu(instruction, op.width(), to, from);
        } else {
            context.asm.alu(instruction, op.width(), to, b < 0 ? 0 : values.constant(b));
        }
        if (kind != null) {
            context.flags.produced(op.result(), exactFlags(op.op(), carry, kind));
        }
    }

    private static int exactFlags(IrOp op, boolean carry, FlagKind kind) {
        return switch (kind) {
            case ADD -> op == IrOp.ADD && !carry ? Flag.ALL : 0;
            case ADC -> op == IrOp.ADD && carry ? Flag.ALL : 0;
            case SUB -> op == IrOp.SUB && !carry ? Flag.ALL : 0;
            case SBB -> op == IrOp.SUB && carry ? Flag.ALL : 0;
            case LOGIC -> op == IrOp.ADD || op == IrOp.SUB ? 0 : ALL_BUT_AF;
            default -> 0;
        };
    }

    /** INC or DEC, which leave the host's carry alone as they do the guest's. */
    private void step(BoundOp op, BoundOp definition, HostOperand to) {
        int carry = definition.argument(2);
        boolean inHost = context.flags.isCarryInHost()
            || values.at(carry) instanceof Location.InFlags in && in.condition() == Cond.B;
        saveCarry(carry);
        context.asm.unary(op.op() == IrOp.ADD ? Unary.INC : Unary.DEC, op.width(), to);
        context.flags.produced(op.result(), inHost ? Flag.ALL : ALL_BUT_CF);
    }

    private void saveCarry(int carry) {
        if (!values.isKnown(carry)) {
            context.flags.carryPart(carry);
            values.put(carry, new Location.InState(GuestState.FLAGS_CARRY, Width.I1));
        }
    }

    /** Puts a carry in the host's carry flag, and, if flags will be defined by it, where the tuple has it. */
    private void carryIn(int carry, boolean defines) {
        boolean there = values.at(carry) instanceof Location.InFlags in && in.condition() == Cond.B;
        if (defines) {
            saveCarry(carry);
        } else if (there && values.isLastUse(carry)) {
            values.put(carry, new Location.InState(GuestState.FLAGS_CARRY, Width.I1));
        }
        if (values.isKnown(carry)) {
            context.asm.movImmediate(Width.I32, RegisterMap.state(Scratch.SAVED), values.constant(carry));
            context.asm.bitTest(RegisterMap.state(Scratch.SAVED), 0);
        } else if (!there) {
            values.saveCondition(carry);
            context.asm.bitTest(values.operand(carry, Width.I1), 0);
        }
    }

    /** A difference or conjunction that is wanted for its flags only is not computed here if it can be at any time. */
    private boolean isOnlyCompared(BoundOp op, BoundOp definition, int a, int b) {
        FlagKind kind = definition == null ? null : KINDS[(int) definition.auxiliary()];
        boolean compare = op.op() == IrOp.SUB && kind == FlagKind.SUB;
        boolean test = op.op() == IrOp.AND && kind == FlagKind.LOGIC;
        if (!compare && !test || context.program().uses(op.result()) != 1 || definition.width() != op.width()) {
            return false;
        }
        values.retain(a);
        values.retain(b);
        if (!isLasting(a) || !isLasting(b)) {
            HostRegister first = values.register(a, op.width());
            HostOperand second = source(b, op.width(), test);
            if (compare) {
                compare(op.width(), first, second, b);
            } else if (second instanceof HostRegister register) {
                context.asm.test(op.width(), first, register);
            } else {
                context.asm.test(op.width(), first, values.constant(b));
            }
            context.flags.produced(op.result(), compare ? Flag.ALL : ALL_BUT_AF);
        }
        values.put(op.result(), new Location.Pair(a, b));
        return true;
    }

    private boolean isLasting(int value) {
        return values.isKnown(value) || values.at(value) instanceof Location.InGuest;
    }

    private void compare(Width width, HostOperand first, HostOperand second, int b) {
        if (second != null) {
            context.asm.alu(Alu.CMP, width, first, second);
        } else {
            context.asm.alu(Alu.CMP, width, first, values.constant(b));
        }
    }

    /** A register plus a constant, whose flags nobody wants, is an address. */
    private boolean isSum(BoundOp op, BoundOp definition, int a, int b) {
        boolean sum = op.op() == IrOp.ADD || op.op() == IrOp.SUB;
        if (!sum || definition != null || op.width().bits() < Width.I32.bits() || !values.isKnown(b)) {
            return false;
        }
        long constant = op.width().signExtend(op.op() == IrOp.ADD ? values.constant(b) : -values.constant(b));
        Location.Sum start = switch (values.at(a)) {
            case Location.InGuest in when RegisterMap.isPinned(in.register()) ->
                new Location.Sum(in.register(), -1, 0, 0, op.width());
            case Location.Sum earlier when earlier.width() == op.width() -> earlier;
            default -> null;
        };
        if (start == null || start.displacement() + constant != (int) (start.displacement() + constant)) {
            return false;
        }
        values.put(op.result(), new Location.Sum(start.base(), start.index(), start.scale(),
            (int) (start.displacement() + constant), op.width()));
        return true;
    }

    // One operand.

    void negate(BoundOp op) {
        BoundOp definition = context.flagsDefinition(op.result());
        HostOperand to = unary(op, Unary.NEG);
        if (definition != null && to != null && KINDS[(int) definition.auxiliary()] == FlagKind.SUB) {
            context.flags.produced(op.result(), Flag.ALL);
        }
    }

    void not(BoundOp op) {
        if (op.width() != Width.I1) {
            unary(op, Unary.NOT);
        } else if (values.at(op.argument(0)) instanceof Location.InFlags in) {
            values.put(op.result(), new Location.InFlags(in.condition().negate()));
        } else {
            HostRegister to = values.takeCopy(op.argument(0), Width.I1);
            context.asm.alu(Alu.XOR, Width.I8, to, 1);
            values.define(op.result(), to, null);
        }
    }

    private HostOperand unary(BoundOp op, Unary instruction) {
        int a = op.argument(0);
        int guest = inPlaceTarget(op, a);
        if (guest == OpContext.NO_TARGET) {
            HostRegister to = values.takeCopy(a, op.width());
            context.asm.unary(instruction, op.width(), to);
            values.define(op.result(), to, cleanWidth(op.width()));
            return to;
        }
        HostOperand to = RegisterMap.operand(guest);
        boolean there = values.isIn(a, guest);
        values.beforeWrite(guest);
        if (!there) {
            values.load(RegisterMap.pinned(guest), a, op.width());
        }
        context.asm.unary(instruction, op.width(), to);
        context.placed(guest);
        return to;
    }

    // Comparisons and choices.

    void compare(BoundOp op) {
        int a = op.argument(0);
        int b = op.argument(1);
        Cond condition = switch (op.op()) {
            case EQUAL -> Cond.E;
            case LESS_U -> Cond.B;
            default -> Cond.L;
        };
        if (values.isKnown(a)) {
            int swap = a;
            a = b;
            b = swap;
            condition = switch (condition) {
                case B -> Cond.A;
                case L -> Cond.G;
                default -> condition;
            };
        }
        Width width = op.width() == Width.I1 ? Width.I8 : op.width();
        HostRegister first = values.register(a, op.width());
        compare(width, first, source(b, op.width(), false), b);
        values.put(op.result(), new Location.InFlags(condition));
    }

    void select(BoundOp op) {
        int chosen = op.argument(1);
        int other = op.argument(2);
        Width width = op.width().bits() < Width.I32.bits() ? Width.I32 : op.width();
        int guest = context.wholePinnedTarget();
        boolean swapped = values.isIn(chosen, guest) || !values.isIn(other, guest) && values.isScratch(chosen)
            && values.isLastUse(chosen) && !values.isKnown(other);
        if (swapped) {
            int swap = chosen;
            chosen = other;
            other = swap;
        }
        if (guest != OpContext.NO_TARGET && values.isIn(chosen, guest)) {
            guest = OpContext.NO_TARGET;
        }
        HostRegister to = guest == OpContext.NO_TARGET ? values.takeCopy(other, width) : RegisterMap.pinned(guest);
        HostOperand from = choice(chosen, width);
        if (guest != OpContext.NO_TARGET) {
            boolean there = values.isIn(other, guest);
            values.beforeWrite(guest);
            if (!there) {
                values.load(to, other, width);
            }
        }
        Cond condition = values.condition(op.argument(0));
        context.asm.cmov(swapped ? condition.negate() : condition, width, to, from);
        if (guest == OpContext.NO_TARGET) {
            values.define(op.result(), to, null);
        } else {
            context.placed(guest);
        }
    }

    /** What CMOV reads: not memory narrower than it, nor conditions. */
    private HostOperand choice(int value, Width width) {
        return values.at(value) instanceof Location.InState ? values.register(value, width)
            : values.operand(value, width);
    }

    // Extensions.

    void zeroExtend(BoundOp op) {
        int value = op.argument(0);
        Location location = values.at(value);
        if (op.width() == Width.I1 && op.resultWidth() == Width.I8 && location instanceof Location.InFlags
            || location instanceof Location.Sum sum && sum.width() == op.width()) {
            values.put(op.result(), location);
            return;
        }
        Width from = op.width() == Width.I1 ? Width.I8 : op.width();
        if (location instanceof Location.InScratch && values.isLastUse(value)) {
            HostRegister same = values.takeCopy(value, from);
            if (!values.isClean(value, from)) {
                context.asm.movZeroExtend(from, same, same);
            }
            values.define(op.result(), same, from);
            return;
        }
        if (location instanceof Location.InFlags in) {
            HostRegister to = values.take();
            context.asm.set(in.condition(), to);
            context.asm.movZeroExtend(Width.I8, to, to);
            values.define(op.result(), to, Width.I8);
            return;
        }
        HostOperand source = values.operand(value, from);
        HostRegister to = freshOrSame(value);
        context.asm.movZeroExtend(from, to, source);
        context.complete(to, from);
    }

    void signExtend(BoundOp op) {
        Width to = op.resultWidth() == Width.I64 ? Width.I64 : Width.I32;
        HostOperand source = op.width() == Width.I1 ? values.register(op.argument(0), op.width())
            : values.operand(op.argument(0), op.width());
        HostRegister destination = freshOrSame(op.argument(0));
        context.asm.movSignExtend(op.width(), to, destination, source);
        context.complete(destination, cleanWidth(op.resultWidth()));
    }

    /** A destination, which may be the register that the only argument is in. */
    private HostRegister freshOrSame(int argument) {
        int guest = context.wholePinnedTarget();
        if (guest == OpContext.NO_TARGET || !values.isIn(argument, guest)) {
            return context.freshDestination();
        }
        values.beforeWrite(guest);
        context.placed(guest);
        return RegisterMap.pinned(guest);
    }

    /** TRUNCATE to a condition: the low bit. */
    void lowBit(BoundOp op) {
        int value = op.argument(0);
        if (values.isScratch(value) || values.at(value) instanceof Location.Sum) {
            context.asm.test(Width.I8, values.register(value, op.width()), 1);
        } else {
            context.asm.test(Width.I8, values.operand(value, Width.I8), 1);
        }
        values.put(op.result(), new Location.InFlags(Cond.NE));
    }
}
