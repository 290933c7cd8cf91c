/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

/** The linear addresses that exist while a case runs; the same numbers stand at the head of the runner. */
final class Window {
    /** First byte of the data window. */
    static final long DATA = 0x1000_0000L;
    /** Bytes in the data window. */
    static final int DATA_SIZE = 0x2_0000;
    /** First byte of the code page. */
    static final long CODE = 0x2000_0000L;
    /** Bytes in the code page. */
    static final int CODE_SIZE = 0x1000;
    /** Content of the data window where a case does not say otherwise. */
    static final byte BACKGROUND = 0x5A;

    private static final long OWN_LOW = 0x3000_0000L - 64;
    private static final long OWN_LOW_END = 0x8000_0000L;
    private static final long OWN_HIGH = 0x5000_0000_0000L;
    private static final long OWN_HIGH_END = 0x8000_0000_0000L;

    private Window() {
    }

    /** Whether the data window has the byte at an address. */
    static boolean contains(long address) {
        return address >= DATA && address < DATA + DATA_SIZE;
    }

    /** Whether the runner's own memory may stand at an address, so that no case may touch it. */
    static boolean isRunners(long address) {
        return address >= OWN_LOW && address < OWN_LOW_END || address >= OWN_HIGH && address < OWN_HIGH_END;
    }
}
