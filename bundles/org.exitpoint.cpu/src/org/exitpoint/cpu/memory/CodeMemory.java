/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.memory;

/**
 * Instruction fetch from the code segment. Faults of a fetch are raised as
 * {@link org.exitpoint.cpu.interruption.Interruption}s. The machine's thread only.
 */
public interface CodeMemory {
    /**
     * The host-physical address of the code byte at an offset: checks the segment's limit or canonical form and
     * translates for execution at the current privilege level.
     */
    long physical(long offset);

    /**
     * Reads code bytes that stand in the same page and within the segment's limit.
     *
     * @param offset of the first byte in the code segment
     * @param physical what {@link #physical} gave for it
     * @param into filled from {@code at} to its end at most
     * @return how many bytes were read
     */
    int read(long offset, long physical, byte[] into, int at);
}
