/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.memory;

/**
 * Accesses of an instruction to memory by segment and offset, with everything that belongs to an access: limits,
 * canonical form, alignment checking, paging, devices. Faults are raised as
 * {@link org.exitpoint.cpu.interruption.Interruption}s before anything is written. Segments are numbered in encoding
 * order, 0 (ES) to 5 (GS); accesses have the rights of the current privilege level. The machine's thread only.
 */
public interface OperandMemory {
    /** Loads 1, 2, 4 or 8 bytes, zero-extended. */
    long load(int segment, long offset, int bytes);

    /** Stores the low 1, 2, 4 or 8 bytes of a value; on a fault nothing is stored, not even the part on a good page. */
    void store(int segment, long offset, int bytes, long value);

    /** Raises what a store of that many bytes, any number from 1 to 128, would raise. */
    void probeWrite(int segment, long offset, int bytes);

    /** Loads for a read-modify-write: raises what the store would raise. One such access is open at a time. */
    long loadForWrite(int segment, long offset, int bytes);

    /** Completes the access that {@link #loadForWrite} opened; cannot fault. */
    void storeLoaded(int bytes, long value);

    /** The linear address of an offset in a segment, without any check. */
    long linear(int segment, long offset);
}
