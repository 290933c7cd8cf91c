/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate;

import java.util.ArrayList;
import java.util.List;

import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.decode.Decoder;
import org.exitpoint.isa.ir.IrInsn;
import org.exitpoint.isa.ir.IrProgram;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.CodeMode;
import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.isa.shape.Shape;
import org.exitpoint.isa.shape.ShapeKey;
import org.exitpoint.translate.bind.Binder;
import org.exitpoint.translate.bind.BoundProgram;
import org.exitpoint.translate.emit.CodeBuffer;
import org.exitpoint.translate.emit.HostAssembler;
import org.exitpoint.translate.lower.Exit;
import org.exitpoint.translate.lower.ExitStubs;
import org.exitpoint.translate.lower.FlagState;
import org.exitpoint.translate.lower.Lowering;

/** Code of made-up instructions, emitted without a region around them. */
final class EmittedInstructions implements AutoCloseable {
    private static final ShapeKey KEY = new Decoder()
        .decode(new byte[] {(byte) 0x90}, 0, 1, CodeMode.BITS64, Width.I64).shape().key();
    private static final int FIRST_ID = 50_000;
    private static int nextId = FIRST_ID;

    private final CodeBuffer buffer = new CodeBuffer(1 << 22);
    private final HostAssembler asm = new HostAssembler(buffer);
    private final EntryCode entry = new EntryCode(asm);
    private final long start = buffer.position();
    private final List<Exit> exits = new ArrayList<>();

    /** An instruction that does what a program says. */
    static Instruction instruction(List<IrInsn> program, int values) {
        Shape shape = new Shape(nextId++, KEY, new IrProgram(program, values));
        return new Instruction(shape, 1, 0, 0, 0, Instruction.NO_REGISTER, Instruction.NO_REGISTER, 0, 0, 3, 0, 0);
    }

    /** Emits instructions in a row, in place of what was emitted before. */
    void emit(List<Instruction> instructions) {
        buffer.rewind(start);
        exits.clear();
        ExitStubs stubs = new ExitStubs(asm, this::number, entry.leaving());
        Lowering lowering = new Lowering(asm, stubs);
        List<BoundProgram> programs = new ArrayList<>();
        boolean live = true;
        for (int i = instructions.size() - 1; i >= 0; i--) {
            BoundProgram program = Binder.bind(instructions.get(i), TestMachine.CODE + i, live);
            live = program.flagsLiveBefore();
            programs.addFirst(program);
        }
        lowering.startBlock(FlagState.STORED);
        for (BoundProgram program : programs) {
            lowering.lower(program, 0);
        }
        asm.jump(stubs.stub(new Exit(Exit.Reason.LOOK_UP, TestMachine.CODE + instructions.size(), null, 0,
            lowering.flags(), 0, 0, false)));
        stubs.emit();
    }

    /** Runs what was emitted last; gives why it ended. */
    Exit.Reason run(GuestState state) {
        long host = start;
        while (true) {
            Exit exit = exits.get(entry.run(state.address(), host));
            if (exit.reason() != Exit.Reason.EXPLICIT_FLAGS) {
                exit.flags().store(state);
                state.setRip(exit.offset());
                return exit.reason();
            }
            state.setRflags(state.rflags());
            host = exit.restart();
        }
    }

    private int number(Exit exit) {
        exits.add(exit);
        return exits.size() - 1;
    }

    @Override
    public void close() {
        buffer.close();
    }
}
