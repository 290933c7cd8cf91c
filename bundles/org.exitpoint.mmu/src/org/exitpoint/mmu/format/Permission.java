/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.format;

/**
 * What a translation permits, as bits. An entry of any format yields these bits; a format without a notion grants it,
 * so permissions of several entries, and of both stages of a nested translation, combine by AND.
 */
public final class Permission {
    /** Data may be read (EPT bit 0; always granted by ordinary paging). */
    public static final int READ = 1;
    /** R/W of ordinary paging: user-mode, and with CR0.WP supervisor-mode, data may be written. */
    public static final int WRITE = 1 << 1;
    /** Instructions may be fetched. */
    public static final int EXECUTE = 1 << 2;
    /** U/S of ordinary paging: a user-mode address. */
    public static final int USER = 1 << 3;
    /** Write access by the second level (EPT bit 1), which CR0.WP does not soften. */
    public static final int SECOND_LEVEL_WRITE = 1 << 4;
    /** Every dirty flag that a write must set is set, so a cached translation may serve writes. */
    public static final int DIRTY = 1 << 5;
    /** All permissions. */
    public static final int ALL = 0x3F;

    /** Control for {@link #rights}: CR0.WP. */
    public static final int CONTROL_WP = 1;
    /** Control for {@link #rights}: CR4.SMEP. */
    public static final int CONTROL_SMEP = 1 << 1;
    /** Control for {@link #rights}: CR4.SMAP. */
    public static final int CONTROL_SMAP = 1 << 2;

    private static final int ACCESS_BITS = 6;
    private static final long[] RIGHTS = new long[8 << ACCESS_BITS];

    static {
        for (int controls = 0; controls < 8; controls++) {
            for (int access = 0; access <= Access.ALL; access++) {
                long rights = 0;
                for (int permissions = 0; permissions <= ALL; permissions++) {
                    if (allowed(permissions, access, controls)) {
                        rights |= 1L << permissions;
                    }
                }
                RIGHTS[controls << ACCESS_BITS | access] = rights;
            }
        }
    }

    private Permission() {
    }

    /**
     * The combinations of permissions that allow an access: bit <i>p</i> of the result is set if permissions <i>p</i>
     * do. A processor tests {@code rights >>> permissions & 1}.
     *
     * @param access   bits of {@link Access}
     * @param controls the CONTROL bits in force
     */
    public static long rights(int access, int controls) {
        return RIGHTS[controls << ACCESS_BITS | access];
    }

    /** Whether permissions allow an access: SDM vol. 3, "Determination of Access Rights". */
    static boolean allowed(int permissions, int access, int controls) {
        boolean user = (access & Access.USER) != 0;
        boolean userPage = (permissions & USER) != 0;
        if (user && !userPage) {
            return false;
        }
        if ((access & Access.FETCH) != 0) {
            return (permissions & EXECUTE) != 0 && (user || !userPage || (controls & CONTROL_SMEP) == 0);
        }
        if (!user && userPage && (controls & CONTROL_SMAP) != 0
                && (access & (Access.AC_OVERRIDE | Access.IMPLICIT_SUPERVISOR)) != Access.AC_OVERRIDE) {
            return false;
        }
        if ((access & Access.READ) != 0 && (permissions & READ) == 0) {
            return false;
        }
        return (access & Access.WRITE) == 0 || mayWrite(permissions, user, controls);
    }

    private static boolean mayWrite(int permissions, boolean user, int controls) {
        int needed = SECOND_LEVEL_WRITE | DIRTY | (user || (controls & CONTROL_WP) != 0 ? WRITE : 0);
        return (permissions & needed) == needed;
    }
}
