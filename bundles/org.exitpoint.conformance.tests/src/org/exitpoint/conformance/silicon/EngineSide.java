/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

import java.util.Arrays;
import java.util.SplittableRandom;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.arch.Rflags;
import org.exitpoint.cpu.Processor;
import org.exitpoint.cpu.interpreter.Interpreter;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.ir.IrOp;
import org.exitpoint.isa.shape.Shape;

/** Runs cases on engine 0. */
final class EngineSide implements AutoCloseable {
    private static final int FS_BASE = GuestState.segment(GuestState.FS) + GuestState.SEGMENT_BASE;
    private static final int GS_BASE = GuestState.segment(GuestState.GS) + GuestState.SEGMENT_BASE;
    private static final byte INT3 = (byte) 0xCC;

    private final WindowMemory memory;
    private final SiliconProcessor silicon;
    private final Processor processor;
    private final GuestState state;
    private final Interpreter engine;
    private long codeAddress = Window.CODE;
    private byte[] code = {};
    private boolean dirty;
    private long vector;
    private long errorCode;
    private long faultAddress;

    EngineSide(SplittableRandom random) {
        memory = new WindowMemory(random);
        silicon = new SiliconProcessor(memory);
        processor = silicon.processor();
        state = processor.state();
        engine = new Interpreter(processor, processor.code(), processor.helpers(), (address, bytes) -> true);
    }

    /** The processor's state, after {@link #run} as the case left it. */
    GuestState state() {
        return state;
    }

    /** The data window. */
    WindowMemory memory() {
        return memory;
    }

    /** The linear address of an offset in a segment. */
    long linear(int segment, long offset) {
        return processor.memory().linear(segment, offset);
    }

    /** After {@link #run}: the exception's vector, or {@link NativeCase#COMPLETED}. */
    long vector() {
        return vector;
    }

    /** After {@link #run}: the exception's error code. */
    long errorCode() {
        return errorCode;
    }

    /** After {@link #run} with a page fault: the address. */
    long faultAddress() {
        return faultAddress;
    }

    /** Whether the case left EFLAGS.TF set. */
    boolean stepsOn() {
        return (state.rflags() & BitField.maskOf(Rflags.TF)) != 0;
    }

    /** Puts an instruction in place of the last. */
    void setCode(Encoded encoded, SiliconMode mode) {
        Arrays.fill(code, INT3);
        silicon.setCode(codeAddress, code);
        codeAddress = mode.codeBase() + encoded.rip();
        code = encoded.bytes().clone();
        silicon.setCode(codeAddress, code);
        engine.invalidate(SiliconProcessor.codePage(), Window.CODE_SIZE);
        silicon.enter(mode);
        dirty = changesMore(encoded.instruction().shape());
    }

    /** Whether a shape may change more than the registers that each case sets anyway. */
    private static boolean changesMore(Shape shape) {
        return shape.program().instructions().stream()
            .anyMatch(i -> i.op() == IrOp.HELPER || i.op() == IrOp.SET_FIELD);
    }

    /** Runs one instruction or iteration, or all iterations; throws {@link OutsideOfWindow}. */
    void run(StartState start, SiliconMode mode, boolean allIterations) {
        if (dirty) {
            silicon.enter(mode);
        }
        for (int i = 0; i < 16; i++) {
            state.setRegister(i, start.registers[i]);
        }
        state.setRip(start.rip);
        state.setRflags(start.rflags);
        state.set(FS_BASE, start.fsBase);
        state.set(GS_BASE, start.gsBase);
        memory.clear(state);
        vector = NativeCase.COMPLETED;
        try {
            do {
                engine.step();
            } while (allIterations && state.rip() == start.rip);
        } catch (Interruption.PageFault e) {
            vector = ExceptionVector.PF.vector();
            errorCode = e.errorCode();
            faultAddress = e.address();
            if (Window.isRunners(faultAddress)) {
                throw OutsideOfWindow.INSTANCE;
            }
        } catch (Interruption.Fault e) {
            vector = e.vector().vector();
            errorCode = e.errorCode();
        }
    }

    @Override
    public void close() {
        silicon.close();
    }
}
