/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.inspect;

import org.exitpoint.cpu.state.GuestState;

/** A place in a processor's state. */
sealed interface StateSlot {
    /** The value, zero-extended. */
    long get(GuestState state);

    /** Sets the value; what follows from it is the caller's to refresh. */
    void set(GuestState state, long value);

    /** Bytes at an offset. */
    record At(int offset, int bytes) implements StateSlot {
        @Override
        public long get(GuestState state) {
            return switch (bytes) {
                case 8 -> state.get(offset);
                case 4 -> state.get32(offset);
                default -> state.get16(offset);
            };
        }

        @Override
        public void set(GuestState state, long value) {
            switch (bytes) {
                case 8 -> state.set(offset, value);
                case 4 -> state.set32(offset, value);
                default -> state.set16(offset, (int) value);
            }
        }
    }

    /** RFLAGS, which the state holds in parts. */
    record Flags() implements StateSlot {
        @Override
        public long get(GuestState state) {
            return state.rflags();
        }

        @Override
        public void set(GuestState state, long value) {
            state.setRflags(value);
        }
    }
}
