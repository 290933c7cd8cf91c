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
import org.exitpoint.translate.bind.BoundProgram;
import org.exitpoint.translate.emit.Alu;
import org.exitpoint.translate.emit.HostAddress;
import org.exitpoint.translate.emit.HostAssembler;
import org.exitpoint.translate.emit.HostRegister;
import org.exitpoint.translate.emit.Label;
import org.exitpoint.translate.emit.Shift;

/**
 * Emits the code of bound instructions one after the other. Branches are the caller's: after {@link #lower} it finds
 * the condition of a conditional one by {@link #branchCondition}, and ends one whose target was computed by
 * {@link #branchThroughCache}.
 */
public final class Lowering {
    private static final Flag[] FLAGS = Flag.values();

    private final ExitStubs stubs;
    private final OpContext context;
    private final RegisterLowering registers;
    private final ArithmeticLowering arithmetic;
    private final ShiftLowering shifts;
    private final ProductLowering products;
    private final BitLowering bits;
    private final MemoryLowering memory;
    private final BulkLowering bulk;
    private Skip skip;

    /**
     * A way on which an instruction is complete before its end.
     *
     * @param label where it starts
     * @param flags where the status flags are on it
     */
    public record Skip(Label label, FlagState flags) {
    }

    /** Lowers to an assembler whose flag guard this becomes. */
    public Lowering(HostAssembler asm, ExitStubs stubs) {
        this.stubs = stubs;
        context = new OpContext(asm, stubs);
        registers = new RegisterLowering(context);
        arithmetic = new ArithmeticLowering(context);
        shifts = new ShiftLowering(context);
        products = new ProductLowering(context);
        bits = new BitLowering(context);
        memory = new MemoryLowering(context);
        bulk = new BulkLowering(context, memory);
    }

    /** Starts a block whose status flags are described so on entry. */
    public void startBlock(FlagState flags) {
        context.values.letGo();
        context.flags.reset(flags);
    }

    /** Where the status flags are after what was lowered last. */
    public FlagState flags() {
        return context.flags.state();
    }

    /** Stores the status flags' tuple; {@link #flags} is then {@link FlagState#STORED}. */
    public void storeFlags() {
        context.flags.store();
    }

    /**
     * Emits an instruction, but for its terminator.
     *
     * @param stepsLeft steps that the budget was charged for and that end with this instruction and those after it
     */
    public void lower(BoundProgram program, int stepsLeft) {
        if (context.flags.state().isStored() && program.readsFlags()) {
            requireExplicitFlags(program, stepsLeft);
        }
        context.begin(program, stepsLeft);
        if (program.mayLeave()) {
            context.flags.forgetHost();
        }
        if (BulkLowering.applies(program)) {
            skip = new Skip(new Label(), context.flags.state());
            bulk.lower(program, skip.label());
            context.values.letGo();
            return;
        }
        int last = program.ops().size() - 1;
        for (int i = 0; i < last; i++) {
            BoundOp op = context.start(i);
            if (op.isAlive()) {
                lower(op);
                context.values.finish();
            }
        }
        context.start(last);
    }

    /** The skip of the instruction lowered last, or null; asking clears it. */
    public Skip takeSkip() {
        Skip taken = skip;
        skip = null;
        return taken;
    }

    /** The host condition under which the terminator, a conditional jump or a repetition, jumps. */
    public Cond branchCondition() {
        if (BulkLowering.applies(context.program())) {
            return bulk.repeatCondition();
        }
        int condition = context.program().terminator().argument(0);
        Cond host = context.values.condition(condition);
        context.values.release(condition);
        return host;
    }

    /** Ends an instruction whose target GUARD_TARGET found in the jump cache; stores the flags first. */
    public void branchThroughCache() {
        storeFlags();
        HostRegister address = context.values.register(context.branchAddress(), Width.I64);
        context.asm.jump(address);
    }

    private void lower(BoundOp op) {
        switch (op.op()) {
            case GET_REGISTER -> registers.getRegister(op);
            case SET_REGISTER -> registers.setRegister(op);
            case GET_FIELD -> registers.getField(op);
            case SEGMENT_BASE -> registers.segmentBase(op);
            case EFFECTIVE_ADDRESS -> registers.effectiveAddress(op);
            case ADD, SUB, AND, OR, XOR -> arithmetic.binary(op);
            case NEG -> arithmetic.negate(op);
            case NOT -> arithmetic.not(op);
            case EQUAL, LESS_U, LESS_S -> arithmetic.compare(op);
            case SELECT -> arithmetic.select(op);
            case ZERO_EXTEND -> arithmetic.zeroExtend(op);
            case SIGN_EXTEND -> arithmetic.signExtend(op);
            case TRUNCATE -> arithmetic.lowBit(op);
            case SHL, SHR, SAR, ROL, ROR -> shifts.shift(op);
            case MUL -> products.low(op);
            case MULHU, MULHS -> products.high(op);
            case DIV_U, REM_U, DIV_S, REM_S -> products.divide(op);
            case BYTE_SWAP -> bits.byteSwap(op);
            case POP_COUNT, LEADING_ZEROS, TRAILING_ZEROS -> bits.count(op);
            case DEPOSIT, EXTRACT -> bits.parallel(op);
            default -> lowerEffect(op);
        }
    }

    private void lowerEffect(BoundOp op) {
        switch (op.op()) {
            case DIV_FITS_U, DIV_FITS_S -> {
                products.guardDivision(op, context.leave(Exit.Reason.HAND_OVER));
                context.values.put(op.result(), new Location.Known(1));
            }
            case LOAD -> memory.load(op);
            case STORE -> memory.store(op);
            case LOAD_RMW -> memory.loadForWrite(op);
            case STORE_RMW -> memory.storeLoaded(op);
            case PROBE_WRITE -> memory.probeWrite(op);
            case FLAGS_DEF -> context.flags.define(op);
            case FLAGS_DEF_IF -> context.flags.defineIf(op);
            case FLAGS_SET -> context.flags.set(op);
            case FLAGS_GET -> flagsWord(op);
            case FLAG -> flag(op);
            case CONDITION -> context.values.put(op.result(), context.flags.condition(Cond.of((int) op.auxiliary())));
            case GUARD -> guard(op);
            case GUARD_TARGET -> guardTarget(op);
            case SET_FIELD -> registers.setField(op);
            case SKIP_IF -> skipIf(op);
            default -> throw new IllegalStateException("cannot lower " + op);
        }
    }

    private void flagsWord(BoundOp op) {
        HostRegister to = context.values.take();
        context.flags.word(to);
        context.values.define(op.result(), to, Width.I32);
    }

    private void flag(BoundOp op) {
        Flag flag = FLAGS[(int) op.auxiliary()];
        if (flag == Flag.CF) {
            context.values.put(op.result(), context.flags.carry());
            return;
        }
        Cond condition = switch (flag) {
            case PF -> Cond.P;
            case ZF -> Cond.E;
            case SF -> Cond.S;
            case OF -> Cond.O;
            case AF, CF -> null;
        };
        if (condition != null) {
            context.values.put(op.result(), context.flags.condition(condition));
            return;
        }
        HostRegister word = context.values.take();
        context.flags.word(word);
        context.asm.test(Width.I32, word, flag.mask());
        context.values.put(op.result(), new Location.InFlags(Cond.NE));
    }

    private void skipIf(BoundOp op) {
        Cond done = context.values.condition(op.argument(0));
        skip = new Skip(new Label(), context.flags.state());
        context.asm.jump(done, skip.label());
    }

    private void guard(BoundOp op) {
        if (context.values.isKnown(op.argument(0)) && context.values.constant(op.argument(0)) != 0) {
            return;
        }
        Cond holds = context.values.condition(op.argument(0));
        context.asm.jump(holds.negate(), context.leave(Exit.Reason.HAND_OVER));
    }

    /**
     * Looks a computed target up in the jump cache while nothing is written yet. What it has was executed before, so it
     * can be branched to; what it has not goes to the interpreter with all checks.
     */
    private void guardTarget(BoundOp op) {
        HostAssembler asm = context.asm;
        context.flags.forgetHost();
        context.values.beforeFlagsChange();
        context.values.takeBoth();
        HostRegister target = RegisterMap.SCRATCH;
        HostRegister entry = RegisterMap.SCRATCH2;
        context.values.load(target, op.argument(0), Width.I64);
        asm.mov(Width.I32, entry, target);
        asm.alu(Alu.AND, Width.I32, entry, JumpCacheLayout.INDEX_MASK);
        asm.shift(Shift.SHL, Width.I32, entry, JumpCacheLayout.ENTRY_SHIFT);
        asm.alu(Alu.ADD, Width.I64, entry, RegisterMap.state(GuestState.JUMP_CACHE));
        asm.alu(Alu.CMP, Width.I64, target, HostAddress.at(entry, JumpCacheLayout.TARGET));
        asm.jump(Cond.NE, context.leave(Exit.Reason.HAND_OVER));
        asm.mov(Width.I64, target, HostAddress.at(entry, JumpCacheLayout.HOST));
        context.values.retain(context.branchAddress());
        context.values.define(context.branchAddress(), target, Width.I64);
    }

    /**
     * Makes the flags in the state block explicit if they are of unknown kind, as an instruction that reads them needs:
     * leaves for Java, which comes back here, if they are not.
     */
    private void requireExplicitFlags(BoundProgram program, int stepsLeft) {
        Label leave = stubs.stub(new Exit(Exit.Reason.EXPLICIT_FLAGS, program.offset(), program.instruction(),
            stepsLeft, FlagState.STORED, context.asm.position(), 0, false));
        context.asm.alu(Alu.CMP, Width.I32, RegisterMap.state(GuestState.FLAGS_OP),
            StatusFlags.op(FlagKind.EXPLICIT, Width.I64));
        context.asm.jump(Cond.NE, leave);
        context.flags.explicit();
    }
}
