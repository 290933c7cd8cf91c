/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.interpreter;

import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.core.HelperBody;
import org.exitpoint.cpu.engine.CodeListener;
import org.exitpoint.cpu.engine.Engine;
import org.exitpoint.cpu.memory.CodeMemory;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.decode.Decoder;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.CodeMode;
import org.exitpoint.isa.shape.Instruction;

/**
 * Engine 0 of one core.
 */
public final class Interpreter implements Engine {
    private static final CodeMode[] MODES = CodeMode.values();

    private final GuestState state;
    private final CodeMemory code;
    private final CodeListener codeListener;
    private final ProgramRunner runner;
    private final BlockDecoder decoder;
    private final BlockCache blocks = new BlockCache();
    private long retired;
    private long made;
    private boolean exited;

    /**
     * The interpreter of a core.
     *
     * @param helpers bodies by the ordinal of their helper
     * @param codeListener told which physical bytes hold code that was decoded
     */
    public Interpreter(Core core, CodeMemory code, HelperBody[] helpers, CodeListener codeListener) {
        this.state = core.state();
        this.code = code;
        this.codeListener = codeListener;
        this.runner = new ProgramRunner(core, helpers);
        this.decoder = new BlockDecoder(code, new Decoder(core.features()::has), runner::codeOf);
    }

    @Override
    public void execute() {
        while (state.get(GuestState.BUDGET) > 0) {
            if (!executeBlock()) {
                return;
            }
        }
    }

    /**
     * Executes one instruction, or one iteration of a repeated one, whatever the budget.
     *
     * @return whether execution can go on without going back to the boundary
     */
    public boolean step() {
        return executeBlock(true);
    }

    /** An instruction ready for {@link #step(Prepared)}. */
    public static final class Prepared {
        private final Instruction instruction;
        private final ShapeCode code;

        /** Makes a decoded instruction ready. */
        public Prepared(Instruction instruction) {
            this.instruction = instruction;
            this.code = new ShapeCode(instruction.shape());
        }
    }

    /**
     * Executes an instruction that is known to stand at the instruction pointer and to be fetchable: its fetch is not
     * checked.
     *
     * @return whether execution can go on without going back to the boundary
     */
    public boolean step(Prepared prepared) {
        return goesOn(executeOne(prepared.instruction, prepared.code));
    }

    /** Whether the last instruction executed caused a VM exit, which the processor has taken. */
    public boolean exited() {
        return exited;
    }

    /**
     * Executes from the instruction pointer to the end of a block, or of the budget, but at least one instruction.
     *
     * @return whether execution can go on without going back to the boundary
     */
    public boolean executeBlock() {
        return executeBlock(false);
    }

    private boolean executeBlock(boolean one) {
        CodeMode mode = MODES[state.get8(GuestState.CODE_MODE)];
        Width stackWidth = state.stackWidth();
        long offset = state.rip();
        long physical = code.physical(offset);
        long key = physical << 4 | mode.ordinal() << 2 | stackWidth.ordinal() - Width.I8.ordinal();
        Block block = blocks.find(key);
        if (block == null || mode != CodeMode.BITS64 && isCut(block, offset)) {
            block = decoder.decode(key, offset, physical, mode, stackWidth);
            if (block == null) {
                Instruction insn = decoder.decodeStraddling(offset, physical, mode, stackWidth);
                return goesOn(executeOne(insn, runner.codeOf(insn.shape())));
            }
            made++;
            if (codeListener.decoded(physical, block.bytes)) {
                blocks.add(block);
            }
        }
        return run(block, one);
    }

    /** Whether a block goes beyond the code segment's limit, which may have been higher when it was decoded. */
    private boolean isCut(Block block, long offset) {
        return offset + block.bytes - 1 > state.segmentLimit(GuestState.CS);
    }

    private boolean run(Block block, boolean one) {
        for (int i = 0; i < block.instructions.length; i++) {
            Completion completion = executeOne(block.instructions[i], block.codes[i]);
            if (!goesOn(completion)) {
                return false;
            }
            if (completion == Completion.REPEATS) {
                i--;
            } else if (completion != Completion.NEXT) {
                return true;
            }
            if (one || state.get(GuestState.BUDGET) <= 0 || !block.valid) {
                return true;
            }
        }
        return true;
    }

    private Completion executeOne(Instruction insn, ShapeCode shapeCode) {
        Completion completion = runner.run(shapeCode, insn);
        state.set(GuestState.BUDGET, state.get(GuestState.BUDGET) - 1);
        retired++;
        exited = completion == Completion.EXITED;
        return completion;
    }

    private boolean goesOn(Completion completion) {
        return completion != Completion.EXITED && !state.wantsBoundary();
    }

    @Override
    public void invalidate(long address, int bytes) {
        blocks.invalidate(address, bytes);
    }

    @Override
    public void flush() {
        blocks.clear();
    }

    @Override
    public Statistics statistics() {
        return new Statistics(retired, 0, made, 0);
    }
}
