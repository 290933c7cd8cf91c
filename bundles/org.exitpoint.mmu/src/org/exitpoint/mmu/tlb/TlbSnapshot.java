/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.tlb;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * How the architectural TLB is written to a snapshot: rows of six 64-bit numbers (identity of the tag, EP4TA, key,
 * frame, guest-physical address, permissions), sorted, so that equal content gives equal bytes.
 */
final class TlbSnapshot {
    private static final int COLUMNS = 6;
    private static final int KIND_SHIFT = 32;
    private static final long GLOBAL = 1L << 28;
    private static final int VPID_SHIFT = 12;
    private static final int VPID_MASK = 0xFFFF;
    private static final int PCID_MASK = 0xFFF;

    private TlbSnapshot() {
    }

    static byte[] encode(long[][] rows) {
        Arrays.sort(rows, Arrays::compare);
        ByteBuffer bytes = ByteBuffer.allocate(rows.length * COLUMNS * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long[] row : rows) {
            for (long value : row) {
                bytes.putLong(value);
            }
        }
        return bytes.array();
    }

    static long[][] decode(byte[] saved) {
        ByteBuffer bytes = ByteBuffer.wrap(saved).order(ByteOrder.LITTLE_ENDIAN);
        long[][] rows = new long[saved.length / (COLUMNS * Long.BYTES)][COLUMNS];
        for (long[] row : rows) {
            for (int column = 0; column < COLUMNS; column++) {
                row[column] = bytes.getLong();
            }
        }
        return rows;
    }

    /** All of a tag but its EP4TA. */
    static long identity(TlbTag tag) {
        return (long) tag.kind().ordinal() << KIND_SHIFT | (tag.global() ? GLOBAL : 0)
                | (long) tag.vpid() << VPID_SHIFT | tag.pcid();
    }

    static TlbTag tag(long identity, long ep4ta) {
        return new TlbTag(MappingKind.values()[(int) (identity >>> KIND_SHIFT)],
                (int) (identity >>> VPID_SHIFT) & VPID_MASK, (int) identity & PCID_MASK, (identity & GLOBAL) != 0,
                ep4ta);
    }
}
