/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.snapshot;

/** What writer and reader of snapshots agree on. */
final class SnapshotFormat {
    /** First bytes of every snapshot, "XPSTATE" and a zero. */
    static final long MAGIC = 0x5850_5354_4154_4500L;
    /** Changes whenever a component's fields change their meaning without changing their names. */
    static final int VERSION = 1;

    /** Kind of a field: a 64-bit number. */
    static final byte NUMBER = 'n';
    /** Kind of a field: a 32-bit length and bytes. */
    static final byte BYTES = 'b';

    private SnapshotFormat() {
    }

    static String fieldName(String component, String field) {
        return component.isEmpty() ? field : component + "." + field;
    }
}
