/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

/** Layout of a case in the file that is shared with the runner: offsets in bytes, numbers little-endian. */
final class NativeCase {
    /** Sixteen general registers of 8 bytes. */
    static final int REGISTERS = 0;
    /** Instruction pointer, 8 bytes. */
    static final int RIP = 128;
    /** RFLAGS, 8 bytes. */
    static final int RFLAGS = 136;
    /** Base of FS, 8 bytes. */
    static final int FS_BASE = 144;
    /** Base of GS, 8 bytes. */
    static final int GS_BASE = 152;
    /** Result: vector of the exception, or {@link #COMPLETED}; 8 bytes. */
    static final int VECTOR = 160;
    /** Result: its error code, 8 bytes. */
    static final int ERROR_CODE = 168;
    /** Result: CR2, 8 bytes. */
    static final int CR2 = 176;
    /** Ordinal of the {@link SiliconMode}, 4 bytes. */
    static final int MODE = 184;
    /** {@link #SINGLE_STEP} or {@link #BREAKPOINT} or 0, 4 bytes. */
    static final int OPTIONS = 188;
    /** Up to 16 bytes of code. */
    static final int CODE = 192;
    /** Bytes of code, 4 bytes. */
    static final int CODE_LENGTH = 208;
    /** Number of memory slots, 4 bytes. */
    static final int SLOTS = 212;
    /** Number of the case in its batch, 8 bytes. */
    static final int NUMBER = 216;
    /** The slots: an address and 16 bytes of memory each. */
    static final int FIRST_SLOT = 224;
    /** Bytes of a slot. */
    static final int SLOT_SIZE = 24;
    /** Bytes of memory in a slot. */
    static final int SLOT_BYTES = 16;

    /** {@link #VECTOR} of an instruction that completed. */
    static final int COMPLETED = 0x100;
    /** {@link #VECTOR} of an instruction that did not come back. */
    static final int TIMED_OUT = 0x200;
    /** {@link #OPTIONS}: run with EFLAGS.TF set. */
    static final int SINGLE_STEP = 1;
    /** {@link #OPTIONS}: INT3 stands after the instruction, not a jump. */
    static final int BREAKPOINT = 2;

    /** Bytes before the first case: options and abilities, 4 bytes each, address and case of a stray store, 8 each. */
    static final int HEADER_SIZE = 64;
    /** In the header: abilities of the runner. */
    static final int ABILITIES = 4;
    /** In the header: address of a store that was none of any slot, or 0. */
    static final int STRAY_ADDRESS = 8;
    /** In the header: number of the case that stored it, if each was checked. */
    static final int STRAY_CASE = 16;
    /** Ability: 16-bit segments. */
    static final int HAS_16BIT = 1;

    private NativeCase() {
    }
}
