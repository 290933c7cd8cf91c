/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import java.nio.ByteBuffer;

import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;

/** A set of interrupt vectors, 0 to 255: one of the registers IRR, ISR and TMR. */
final class VectorSet {
    /** What {@link #highest} answers for the empty set. */
    static final int NONE = -1;

    private static final int BITS = 64;
    private static final int WORD_BITS = 32;

    private final long[] words = new long[256 / BITS];

    boolean contains(int vector) {
        return (words[vector / BITS] & 1L << vector) != 0;
    }

    void add(int vector) {
        words[vector / BITS] |= 1L << vector;
    }

    void remove(int vector) {
        words[vector / BITS] &= ~(1L << vector);
    }

    void clear() {
        for (int i = 0; i < words.length; i++) {
            words[i] = 0;
        }
    }

    /** The highest vector of the set, or {@link #NONE}. */
    int highest() {
        for (int i = words.length - 1; i >= 0; i--) {
            if (words[i] != 0) {
                return i * BITS + BITS - 1 - Long.numberOfLeadingZeros(words[i]);
            }
        }
        return NONE;
    }

    /** One of the eight 32-bit registers in which software sees the set. */
    int register(int index) {
        return (int) (words[index * WORD_BITS / BITS] >>> index * WORD_BITS);
    }

    void save(String field, StateWriter out) {
        ByteBuffer buffer = ByteBuffer.allocate(words.length * Long.BYTES);
        buffer.asLongBuffer().put(words);
        out.bytes(field, buffer.array());
    }

    void restore(String field, StateReader in) {
        ByteBuffer.wrap(in.bytes(field)).asLongBuffer().get(words);
    }
}
