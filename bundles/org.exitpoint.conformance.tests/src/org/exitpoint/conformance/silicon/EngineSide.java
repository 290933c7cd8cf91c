/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

import java.util.SplittableRandom;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.Cr4;
import org.exitpoint.arch.Efer;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.core.HelperBody;
import org.exitpoint.cpu.interpreter.Interpreter;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.memory.CodeMemory;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.ops.Segment;
import org.exitpoint.machine.PhysicalMemory;

/** Runs cases on engine 0. */
final class EngineSide implements AutoCloseable {
    private static final long CR0 = BitField.maskOf(Cr0.PE, Cr0.MP, Cr0.ET, Cr0.NE, Cr0.WP, Cr0.AM, Cr0.PG);
    private static final long CR4 = BitField.maskOf(Cr4.PAE, Cr4.OSFXSR, Cr4.OSXMMEXCPT, Cr4.FSGSBASE, Cr4.OSXSAVE);
    private static final long EFER = BitField.maskOf(Efer.SCE, Efer.LME, Efer.LMA, Efer.NXE);

    private final GuestState state = new GuestState();
    private final WindowMemory memory;
    private final Interpreter engine;
    private byte[] code = {};
    private long codeOffset;
    private long vector;
    private long errorCode;
    private long faultAddress;

    EngineSide(SplittableRandom random) {
        memory = new WindowMemory(state, random);
        Core core = new BareCore(state, memory);
        HelperBody[] helpers = new HelperBody[Helper.values().length];
        java.util.Arrays.fill(helpers, (HelperBody) (c, i, a, b) -> {
            throw OutsideOfWindow.INSTANCE;
        });
        engine = new Interpreter(core, new OneInstruction(), helpers, (address, bytes) -> {
        });
    }

    /** The processor's state, after {@link #run} as the case left it. */
    GuestState state() {
        return state;
    }

    /** The data window. */
    WindowMemory memory() {
        return memory;
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

    /** Puts an instruction in place of the last. */
    void setCode(Encoded encoded, SiliconMode mode) {
        engine.invalidate(Window.CODE, Window.CODE_SIZE);
        code = encoded.bytes();
        codeOffset = encoded.rip();
        state.set8(GuestState.CODE_MODE, mode.codeMode().ordinal());
        state.set8(GuestState.STACK_WIDTH, mode.stackWidth().ordinal());
        state.set8(GuestState.CPL, 3);
        state.set(GuestState.CR0, CR0);
        state.set(GuestState.CR4, CR4);
        state.set(GuestState.EFER, EFER);
        for (int i = 0; i < 6; i++) {
            int segment = GuestState.segment(i);
            state.set(segment + GuestState.SEGMENT_BASE,
                i == Segment.CS.ordinal() ? mode.codeBase() : i < Segment.FS.ordinal() ? mode.dataBase() : 0);
            state.set32(segment + GuestState.SEGMENT_LIMIT,
                i < Segment.FS.ordinal() ? mode.limit() : SiliconMode.PROTECTED32.limit());
        }
    }

    /** Runs one instruction or iteration, or all iterations; throws {@link OutsideOfWindow}. */
    void run(StartState start, SiliconMode mode, boolean allIterations) {
        for (int i = 0; i < 16; i++) {
            state.setRegister(i, start.registers[i]);
        }
        state.setRip(start.rip);
        state.setRflags(start.rflags);
        state.set(GuestState.segment(Segment.FS.ordinal()) + GuestState.SEGMENT_BASE, start.fsBase);
        state.set(GuestState.segment(Segment.GS.ordinal()) + GuestState.SEGMENT_BASE, start.gsBase);
        memory.clear(mode);
        vector = NativeCase.COMPLETED;
        try {
            do {
                engine.step();
            } while (allIterations && state.rip() == start.rip);
        } catch (Interruption.PageFault e) {
            vector = 14;
            errorCode = e.errorCode();
            faultAddress = e.address();
        } catch (Interruption.Fault e) {
            vector = e.vector().vector();
            errorCode = e.errorCode();
        }
    }

    @Override
    public void close() {
        state.close();
    }

    /** The code page as the engine sees it: the instruction and nothing after it. */
    private final class OneInstruction implements CodeMemory {
        @Override
        public long physical(long offset) {
            return Window.CODE + (offset & PhysicalMemory.PAGE_SIZE - 1);
        }

        @Override
        public int read(long offset, long physical, byte[] into, int at) {
            if (offset != codeOffset) {
                throw new IllegalStateException("a case fetches from elsewhere than its instruction");
            }
            int count = Math.min(code.length, into.length - at);
            System.arraycopy(code, 0, into, at, count);
            return count;
        }
    }
}
