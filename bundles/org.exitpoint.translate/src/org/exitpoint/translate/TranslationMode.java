/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate;

import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.Rflags;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.CodeMode;

/**
 * Whether the processor is in a mode that code is emitted for: 64-bit mode, or 32-bit code with flat segments, both
 * without alignment checking.
 */
final class TranslationMode {
    private static final CodeMode[] MODES = CodeMode.values();
    private static final int[] DATA_SEGMENTS = {0, 2, 3};
    private static final long FLAT_LIMIT = 0xFFFF_FFFFL;
    private static final int UNUSABLE = 1 << 16;
    /** In the type of a data segment: writable; not code. */
    private static final int WRITABLE = 1 << 1;
    private static final int CODE_OR_EXPAND_DOWN = 1 << 3 | 1 << 2;

    private TranslationMode() {
    }

    /** The code mode if code is emitted for the processor's mode, else null. */
    static CodeMode of(GuestState state) {
        CodeMode mode = MODES[state.get8(GuestState.CODE_MODE)];
        boolean aligned = state.cpl() == 3 && state.isSet(GuestState.SYSTEM_FLAGS, Rflags.AC.mask())
            && state.isSet(GuestState.CR0, Cr0.AM.mask());
        if (aligned) {
            return null;
        }
        return switch (mode) {
            case BITS16 -> null;
            case BITS32 -> isFlat(state) ? mode : null;
            case BITS64 -> mode;
        };
    }

    private static boolean isFlat(GuestState state) {
        if (state.stackWidth() != Width.I32 || !isWhole(state, GuestState.CS)
            || !state.isSet(GuestState.CR0, Cr0.PE.mask())) {
            return false;
        }
        for (int segment : DATA_SEGMENTS) {
            int rights = state.segmentRights(segment);
            if (!isWhole(state, segment) || (rights & (UNUSABLE | WRITABLE | CODE_OR_EXPAND_DOWN)) != WRITABLE) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWhole(GuestState state, int segment) {
        return state.segmentBase(segment) == 0 && (state.segmentLimit(segment) & FLAT_LIMIT) == FLAT_LIMIT;
    }
}
