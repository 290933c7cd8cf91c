/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.Rflags;

/** Which bits of each number of a case are compared. */
final class ComparisonMask {
    /** Numbers of a case: sixteen registers, RIP, RFLAGS, FS and GS bases, vector, error code, CR2. */
    static final int NUMBERS = 23;

    private static final String[] NAMES = {"rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10",
        "r11", "r12", "r13", "r14", "r15", "rip", "rflags", "fs base", "gs base", "vector", "error code", "cr2"};
    private static final int STACK_POINTER = 4;
    private static final int RFLAGS = 17;
    private static final int ERROR_CODE = 21;
    private static final int FAULT_ADDRESS = 22;
    private static final int PAGE_FAULT = 14;
    /** SDM vol. 2, LAR: the bits where the descriptor holds part of its limit. */
    private static final long UNDEFINED_BY_LAR = 0xF_0000L;
    private static final long LEGACY = 0xFFFF_FFFFL;
    /** Single-stepping is how some cases are run; RF is set by whatever faults. */
    private static final long NOT_COMPARED_FLAGS = BitField.maskOf(Rflags.TF, Rflags.RF);
    /** The kernel reports each fault above its border as if a page were there. */
    private static final long USER_END = 0x8000_0000_0000L;

    private ComparisonMask() {
    }

    static String nameOf(int number) {
        return NAMES[number];
    }

    /**
     * The bits of a number to compare.
     *
     * @param variant what was executed
     * @param vector what the engine says happened
     * @param faultAddress the engine's CR2
     */
    static long of(int number, ShapeVariant variant, long vector, long faultAddress) {
        SiliconMode mode = variant.mode();
        long undefinedFlags = variant.row().flagsUndefined();
        return switch (number) {
            case RFLAGS -> ~NOT_COMPARED_FLAGS & (vector == NativeCase.COMPLETED ? ~undefinedFlags : -1L);
            case ERROR_CODE -> errorCode(vector, faultAddress);
            case FAULT_ADDRESS -> vector == PAGE_FAULT ? -1L : 0;
            default -> register(number, mode) & (variant.row().mnemonic().equals("LAR") ? ~UNDEFINED_BY_LAR : -1L);
        };
    }

    private static long register(int number, SiliconMode mode) {
        if (number == STACK_POINTER && mode == SiliconMode.PROTECTED16) {
            return 0xFFFF;
        }
        return mode != SiliconMode.LONG && number < mode.registers() ? LEGACY : -1L;
    }

    private static long errorCode(long vector, long faultAddress) {
        if (vector == NativeCase.COMPLETED) {
            return 0;
        }
        boolean kernels = vector == PAGE_FAULT && Long.compareUnsigned(faultAddress, USER_END) >= 0;
        return kernels ? ~1L : -1L;
    }
}
