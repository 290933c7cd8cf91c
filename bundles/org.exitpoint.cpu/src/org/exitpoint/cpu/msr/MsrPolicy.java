/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.msr;

import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.cpu.state.GuestState;

/** What reading and writing of one register does. */
interface MsrPolicy {
    /** Reads the register. */
    long read();

    /** Writes the register; raises #GP(0) for what it does not take. */
    void write(long value);

    /** A register kept at an offset of the state, that takes the values a rule allows. */
    static MsrPolicy stored(GuestState state, int offset, LongPredicate allowed) {
        return of(() -> state.get(offset), value -> state.set(offset, checked(value, allowed)));
    }

    /** A register that always reads the same and cannot be written. */
    static MsrPolicy readOnly(long value) {
        return of(() -> value, _ -> {
            throw Faults.generalProtection();
        });
    }

    /** A register that is a view of something else. */
    static MsrPolicy of(LongSupplier read, LongConsumer write) {
        return new MsrPolicy() {
            @Override
            public long read() {
                return read.getAsLong();
            }

            @Override
            public void write(long value) {
                write.accept(value);
            }
        };
    }

    /** The value, or #GP(0) if a rule does not allow it. */
    static long checked(long value, LongPredicate allowed) {
        if (!allowed.test(value)) {
            throw Faults.generalProtection();
        }
        return value;
    }
}
