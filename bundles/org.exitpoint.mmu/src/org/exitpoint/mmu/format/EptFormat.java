/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.format;

import org.exitpoint.arch.vmx.EptPointer;
import org.exitpoint.mmu.format.PagingFormat.Builder;

/**
 * The extended page tables (SDM vol. 3, "The Extended Page Table Mechanism (EPT)"), and the EPT pointer that selects
 * them.
 */
public final class EptFormat {
    /** EPTP bit: accessed and dirty flags are in use. */
    public static final long EPTP_ACCESSED_DIRTY = EptPointer.ACCESSED_DIRTY.mask();

    private static final int READ = 1;
    private static final int WRITE = 1 << 1;
    private static final int EXECUTE = 1 << 2;
    private static final long PAGE_SIZE = 1 << 7;
    private static final long ACCESSED = 1 << 8;
    private static final long DIRTY = 1 << 9;
    private static final int WRITABLE_NOT_READABLE = 1 << WRITE | 1 << (WRITE | EXECUTE);
    private static final int RESERVED_MEMORY_TYPES = 1 << 2 | 1 << 3 | 1 << 7;

    private EptFormat() {
    }

    /**
     * The format.
     *
     * @param levels        4 or 5
     * @param maxPhyAddr    physical-address width in bits, 32 to 52
     * @param largePages    the highest level whose entries may map pages: 1 (4 KBytes), 2 (2 MBytes), 3 (1 GByte)
     * @param executeOnly   whether execute-only translations are supported
     * @param accessedDirty {@link #EPTP_ACCESSED_DIRTY} of the EPT pointer
     */
    public static PagingFormat of(int levels, int maxPhyAddr, int largePages, boolean executeOnly,
            boolean accessedDirty) {
        Builder b = new Builder(levels, Long.BYTES, 9)
                .present(READ | WRITE | EXECUTE)
                .frames(PagingFormat.bits(maxPhyAddr - 1, 12))
                .reserved(PagingFormat.bits(51, maxPhyAddr))
                .permissions(Permission.WRITE | Permission.USER, Permission.READ | Permission.EXECUTE, WRITE, 3)
                .invalid(executeOnly ? WRITABLE_NOT_READABLE : WRITABLE_NOT_READABLE | 1 << EXECUTE,
                        RESERVED_MEMORY_TYPES);
        for (int level = 2; level <= levels; level++) {
            boolean large = level <= largePages;
            b.reservedInTable(level, PagingFormat.bits(large ? 6 : 7, 3));
            if (large) {
                b.large(level, PAGE_SIZE, PagingFormat.bits(12 + (level - 1) * 9 - 1, 12));
            }
        }
        return accessedDirty ? b.accessedAndDirty(ACCESSED, DIRTY).build() : b.build();
    }

    /** Levels that an EPT pointer asks for. */
    public static int levels(long eptPointer) {
        return (int) EptPointer.PAGE_WALK_LENGTH.of(eptPointer) + 1;
    }

    /** EP4TA of an EPT pointer: bits 51:12, the address of the root table, which tags cached translations. */
    public static long root(long eptPointer) {
        return eptPointer & EptPointer.PML4_ADDRESS.mask();
    }
}
