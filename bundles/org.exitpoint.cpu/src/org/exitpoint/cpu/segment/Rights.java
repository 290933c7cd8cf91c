/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.segment;

import org.exitpoint.arch.AccessRights;
import org.exitpoint.arch.SystemDescriptorType;

/** Questions about access rights in the format of the VMCS. */
public final class Rights {
    /** The rights of a register that holds no usable segment. */
    public static final int UNUSABLE = (int) AccessRights.UNUSABLE.mask();

    private static final int S = (int) AccessRights.S.mask();
    private static final int P = (int) AccessRights.P.mask();
    private static final int L = (int) AccessRights.L.mask();
    private static final int DB = (int) AccessRights.DB.mask();
    private static final int TYPE = (int) AccessRights.TYPE.mask();
    private static final int DPL_SHIFT = AccessRights.DPL.bit();
    private static final int CODE = S | AccessRights.TYPE_CODE;

    private Rights() {
    }

    /** Descriptor privilege level, 0 to 3. */
    public static int dpl(int rights) {
        return rights >>> DPL_SHIFT & 3;
    }

    /** The rights of a null stack segment at a privilege level: unusable, its DPL the level. */
    public static int nullStack(int level) {
        return UNUSABLE | level << DPL_SHIFT;
    }

    /** The rights with another DPL. */
    public static int withDpl(int rights, int level) {
        return rights & ~(3 << DPL_SHIFT) | level << DPL_SHIFT;
    }

    /** Whether the segment is present. */
    public static boolean isPresent(int rights) {
        return (rights & P) != 0;
    }

    /** Whether the descriptor is a system one: a gate, TSS or LDT. */
    public static boolean isSystem(int rights) {
        return (rights & S) == 0;
    }

    /** Whether the descriptor is that of a code segment. */
    public static boolean isCode(int rights) {
        return (rights & CODE) == CODE;
    }

    /** Whether the descriptor is that of a conforming code segment. */
    public static boolean isConforming(int rights) {
        return (rights & (CODE | AccessRights.TYPE_CONFORMING)) == (CODE | AccessRights.TYPE_CONFORMING);
    }

    /** Whether the descriptor is that of a writable data segment. */
    public static boolean isWritableData(int rights) {
        return (rights & (CODE | AccessRights.TYPE_WRITABLE)) == (S | AccessRights.TYPE_WRITABLE);
    }

    /** Whether the descriptor is that of a data segment or of a readable code segment. */
    public static boolean isReadable(int rights) {
        return (rights & S) != 0 && (rights & (AccessRights.TYPE_CODE | AccessRights.TYPE_READABLE))
            != AccessRights.TYPE_CODE;
    }

    /** Whether a code or data segment was accessed. */
    public static boolean isAccessed(int rights) {
        return (rights & AccessRights.TYPE_ACCESSED) != 0;
    }

    /** Whether a code segment is a 64-bit one. */
    public static boolean isLong(int rights) {
        return (rights & L) != 0;
    }

    /** Whether the D/B flag is set. */
    public static boolean isBig(int rights) {
        return (rights & DB) != 0;
    }

    /** Whether the register holds no usable segment. */
    public static boolean isUnusable(int rights) {
        return (rights & UNUSABLE) != 0;
    }

    /** Type of a system descriptor, or null if it is reserved or the descriptor is none. */
    public static SystemDescriptorType systemType(int rights) {
        return isSystem(rights) ? SystemDescriptorType.ofType(rights & TYPE) : null;
    }
}
