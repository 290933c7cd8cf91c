/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.format;

/**
 * One format of hierarchical paging structures, as data. Levels count from 1 (the table whose entries always map pages)
 * up to {@link #levels()} (the root). Immutable; instances are shared.
 */
public final class PagingFormat {
    /** The most levels any format has. */
    public static final int MAX_LEVELS = 5;

    private final int levels;
    private final int entryBytes;
    private final int indexBits;
    private final long presentMask;
    private final long tableMask;
    private final long accessedBit;
    private final long dirtyBit;
    private final long globalBit;
    private final long[] largeMask = new long[MAX_LEVELS + 1];
    private final long[] reservedInTable = new long[MAX_LEVELS + 1];
    private final long[] reservedInLeaf = new long[MAX_LEVELS + 1];
    private final long[] leafMask = new long[MAX_LEVELS + 1];
    private final int alwaysGranted;
    private final int directPermissions;
    private final int shiftedPermissions;
    private final int permissionShift;
    private final int executeUnlessBit63;
    private final int invalidAccessRights;
    private final int invalidMemoryTypes;
    private final long highFrameMask;
    private final int highFrameShift;

    private PagingFormat(Builder b) {
        levels = b.levels;
        entryBytes = b.entryBytes;
        indexBits = b.indexBits;
        presentMask = b.presentMask;
        tableMask = b.frameMask & -(1L << 12);
        accessedBit = b.accessedBit;
        dirtyBit = b.dirtyBit;
        globalBit = b.globalBit;
        alwaysGranted = b.alwaysGranted;
        directPermissions = b.directPermissions;
        shiftedPermissions = b.shiftedPermissions;
        permissionShift = b.permissionShift;
        executeUnlessBit63 = b.executeUnlessBit63;
        invalidAccessRights = b.invalidAccessRights;
        invalidMemoryTypes = b.invalidMemoryTypes;
        highFrameMask = b.highFrameMask;
        highFrameShift = b.highFrameShift;
        for (int level = 1; level <= levels; level++) {
            largeMask[level] = b.largeMask[level];
            reservedInTable[level] = b.reservedInTable[level];
            reservedInLeaf[level] = b.reservedInLeaf[level];
            leafMask[level] = b.frameMask & -(1L << pageShift(level));
        }
    }

    /** Levels of tables, the root's number. */
    public int levels() {
        return levels;
    }

    /** Bytes in an entry: 4 or 8. */
    public int entryBytes() {
        return entryBytes;
    }

    /** log2 of the bytes that one entry of a level spans. */
    public int pageShift(int level) {
        return 12 + (level - 1) * indexBits;
    }

    /** Byte offset in its table of the entry for an address. */
    public long entryOffset(long address, int level) {
        return (address >>> pageShift(level) & (1L << indexBits) - 1) * entryBytes;
    }

    /** Whether an entry is present, in the sense of the format. */
    public boolean isPresent(long entry) {
        return (entry & presentMask) != 0;
    }

    /** Whether an entry of a level maps a page rather than references a table. */
    public boolean isLeaf(long entry, int level) {
        return level == 1 || (entry & largeMask[level]) != 0;
    }

    /** Whether a present entry has a reserved bit set or a value that must not be used. */
    public boolean isInvalid(long entry, int level, boolean leaf) {
        if ((entry & (leaf ? reservedInLeaf[level] : reservedInTable[level])) != 0) {
            return true;
        }
        return (invalidAccessRights >>> (int) (entry & 7) & 1) != 0
                || leaf && (invalidMemoryTypes >>> (int) (entry >>> 3 & 7) & 1) != 0;
    }

    /** Physical address of the table that an entry references. */
    public long table(long entry) {
        return entry & tableMask;
    }

    /** Physical address of the page that an entry of a level maps. */
    public long frame(long entry, int level) {
        return entry & leafMask[level] | (level > 1 ? (entry & highFrameMask) << highFrameShift : 0);
    }

    /** What an entry grants, as {@link Permission} bits without {@link Permission#DIRTY}. */
    public int permissions(long entry) {
        int low = (int) entry;
        return alwaysGranted | low & directPermissions | (low & shiftedPermissions) << permissionShift
                | ((int) (entry >>> 63) ^ 1) * executeUnlessBit63;
    }

    /** The accessed flag's bit; 0 if entries have none. */
    public long accessedBit() {
        return accessedBit;
    }

    /** The dirty flag's bit in an entry that maps a page; 0 if entries have none. */
    public long dirtyBit() {
        return dirtyBit;
    }

    /** Whether an entry that maps a page makes the translation global. */
    public boolean isGlobal(long entry) {
        return (entry & globalBit) != 0;
    }

    /** Bits {@code [low, high]} set. */
    static long bits(int high, int low) {
        return high < low ? 0 : -1L >>> 63 - high & -1L << low;
    }

    /** Collects a format's data. What is not said does not exist in the format. */
    static final class Builder {
        private final int levels;
        private final int entryBytes;
        private final int indexBits;
        private long presentMask = 1;
        private long frameMask;
        private long accessedBit;
        private long dirtyBit;
        private long globalBit;
        private final long[] largeMask = new long[MAX_LEVELS + 1];
        private final long[] reservedInTable = new long[MAX_LEVELS + 1];
        private final long[] reservedInLeaf = new long[MAX_LEVELS + 1];
        private int alwaysGranted;
        private int directPermissions;
        private int shiftedPermissions;
        private int permissionShift;
        private int executeUnlessBit63;
        private int invalidAccessRights;
        private int invalidMemoryTypes;
        private long highFrameMask;
        private int highFrameShift;

        Builder(int levels, int entryBytes, int indexBits) {
            this.levels = levels;
            this.entryBytes = entryBytes;
            this.indexBits = indexBits;
        }

        /** An entry is present if any of these bits is set. */
        Builder present(long mask) {
            presentMask = mask;
            return this;
        }

        /** The bits of an entry that hold addresses, down to a 4-KByte page's. */
        Builder frames(long mask) {
            frameMask = mask;
            return this;
        }

        /** Further address bits in entries for large pages, moved up by a shift. */
        Builder highFrames(long mask, int shift) {
            highFrameMask = mask;
            highFrameShift = shift;
            return this;
        }

        Builder accessedAndDirty(long accessed, long dirty) {
            accessedBit = accessed;
            dirtyBit = dirty;
            return this;
        }

        Builder global(long bit) {
            globalBit = bit;
            return this;
        }

        /** Entries of the level map large pages if a bit is set; reserved bits of such entries. */
        Builder large(int level, long bit, long reserved) {
            largeMask[level] = bit;
            reservedInLeaf[level] |= reserved;
            return this;
        }

        /** Reserved in entries of the level that reference tables. */
        Builder reservedInTable(int level, long mask) {
            reservedInTable[level] |= mask;
            return this;
        }

        /** Reserved in every entry. */
        Builder reserved(long mask) {
            for (int level = 1; level <= levels; level++) {
                reservedInTable[level] |= mask;
                reservedInLeaf[level] |= mask;
            }
            return this;
        }

        /** Permissions every entry grants, those that stand at their place, those that stand lower by a shift. */
        Builder permissions(int always, int direct, int shifted, int shift) {
            alwaysGranted = always;
            directPermissions = direct;
            shiftedPermissions = shifted;
            permissionShift = shift;
            return this;
        }

        /** Bit 63 denies {@link Permission#EXECUTE}, which is otherwise granted. */
        Builder executeDisable() {
            executeUnlessBit63 = Permission.EXECUTE;
            return this;
        }

        /** Values of bits 2:0, and of bits 5:3 of entries that map pages, that must not be used, as sets of bits. */
        Builder invalid(int accessRights, int memoryTypes) {
            invalidAccessRights = accessRights;
            invalidMemoryTypes = memoryTypes;
            return this;
        }

        PagingFormat build() {
            return new PagingFormat(this);
        }
    }
}
