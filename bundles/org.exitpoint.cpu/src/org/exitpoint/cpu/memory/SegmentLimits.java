/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.memory;

import org.exitpoint.arch.AccessRights;

/** The checks of an access against a segment (SDM vol. 3, "Limit Checking", "Type Checking"), outside 64-bit mode. */
public final class SegmentLimits {
    private static final int TYPE = (int) AccessRights.TYPE.mask();
    private static final int UNUSABLE = (int) AccessRights.UNUSABLE.mask();
    private static final int DB = (int) AccessRights.DB.mask();

    private SegmentLimits() {
    }

    /** Whether bytes {@code [offset, offset + bytes)} lie within a segment. */
    public static boolean contains(int rights, long limit, long offset, int bytes) {
        long last = offset + bytes - 1;
        if ((rights & (AccessRights.TYPE_CODE | AccessRights.TYPE_EXPAND_DOWN)) == AccessRights.TYPE_EXPAND_DOWN) {
            return offset > limit && last <= ((rights & DB) != 0 ? 0xFFFF_FFFFL : 0xFFFFL);
        }
        return last <= limit;
    }

    /** Whether the segment's type allows reading. */
    public static boolean isReadable(int rights) {
        return (rights & UNUSABLE) == 0
            && (rights & (AccessRights.TYPE_CODE | AccessRights.TYPE_READABLE)) != AccessRights.TYPE_CODE;
    }

    /** Whether the segment's type allows writing. */
    public static boolean isWritable(int rights) {
        return (rights & UNUSABLE) == 0
            && (rights & TYPE & (AccessRights.TYPE_CODE | AccessRights.TYPE_WRITABLE)) == AccessRights.TYPE_WRITABLE;
    }
}
