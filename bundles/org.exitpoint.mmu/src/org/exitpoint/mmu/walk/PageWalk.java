/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.walk;

import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.mmu.format.Access;
import org.exitpoint.mmu.format.PagingFormat;
import org.exitpoint.mmu.format.Permission;
import org.exitpoint.mmu.walk.WalkObserver.Stage;
import org.exitpoint.mmu.walk.WalkResult.Outcome;

/**
 * The walk of one hierarchy of paging structures, of any format.
 *
 * <p>Entries are judged from the root: present, then reserved bits, then the next level; access rights come last, from
 * the permissions of all entries combined. Accessed and dirty flags are set, from the root down, only when the access
 * is allowed: the manual leaves open whether entries used by a walk that faults get their accessed flags, and so a
 * faulting access changes nothing. Paging-structure caches are not modelled: a processor need not have any.
 *
 * <p>Machine's thread only. Allocates nothing.
 */
public final class PageWalk {
    private final PhysicalMemory memory;
    private final Stage stage;
    private final boolean sideEffects;
    private final WalkObserver observer;

    /**
     * A walk.
     *
     * @param memory      where the tables stand in the end
     * @param stage       what the observer is told
     * @param sideEffects whether accessed and dirty flags are set
     * @param observer    sees each entry; null for none
     */
    public PageWalk(PhysicalMemory memory, Stage stage, boolean sideEffects, WalkObserver observer) {
        this.memory = memory;
        this.stage = stage;
        this.sideEffects = sideEffects;
        this.observer = observer;
    }

    /**
     * Walks from a root table.
     *
     * @param format  of the entries
     * @param root    address of the root table, in the space of {@code tables}
     * @param tables  translates addresses of tables; null if they are host-physical
     * @param address the address to translate
     * @param access  bits of {@link Access}
     * @param rights  {@link Permission#rights} of the access
     * @param result  filled
     */
    Outcome walk(PagingFormat format, long root, TableSpace tables, long address, int access, long rights,
            WalkResult result) {
        long table = root;
        int permissions = Permission.ALL & ~Permission.DIRTY;
        for (int level = format.levels();; level--) {
            result.level = level;
            long at = table + format.entryOffset(address, level);
            long host = tables == null ? at : tables.resolve(at, false);
            if (host < 0) {
                return result.end(Outcome.TABLE_FAULT);
            }
            long entry = memory.read(host, format.entryBytes());
            note(result, level, at, host, entry);
            permissions &= format.permissions(entry);
            result.permissions = permissions;
            if (!format.isPresent(entry)) {
                return result.end(Outcome.NOT_PRESENT);
            }
            boolean leaf = format.isLeaf(entry, level);
            if (format.isInvalid(entry, level, leaf)) {
                return result.end(Outcome.RESERVED);
            }
            if (leaf) {
                return finish(format, tables, address, access, rights, result);
            }
            table = format.table(entry);
        }
    }

    private void note(WalkResult result, int level, long at, long host, long entry) {
        result.entryAddress[level] = at;
        result.entryHost[level] = host;
        result.entry[level] = entry;
        if (observer != null) {
            observer.entry(stage, level, at, host, entry);
        }
    }

    private Outcome finish(PagingFormat format, TableSpace tables, long address, int access, long rights,
            WalkResult result) {
        int level = result.level;
        long leaf = result.entry[level];
        result.pageShift = format.pageShift(level);
        result.address = format.frame(leaf, level) | address & (1L << result.pageShift) - 1;
        result.global = format.isGlobal(leaf);
        if ((rights >>> (result.permissions | Permission.DIRTY) & 1) == 0) {
            return result.end(Outcome.DENIED);
        }
        long needed = (access & Access.WRITE) != 0 ? format.dirtyBit() : 0;
        if (sideEffects && !setFlags(format, tables, needed, result)) {
            return result.end(Outcome.TABLE_FAULT);
        }
        if ((result.entry[level] & format.dirtyBit()) == format.dirtyBit()) {
            result.permissions |= Permission.DIRTY;
        }
        return result.end(Outcome.TRANSLATED);
    }

    private boolean setFlags(PagingFormat format, TableSpace tables, long dirty, WalkResult result) {
        for (int level = format.levels(); level >= result.level; level--) {
            long entry = result.entry[level];
            long marked = entry | format.accessedBit() | (level == result.level ? dirty : 0);
            if (marked != entry) {
                long host = tables == null ? result.entryHost[level] : tables.resolve(result.entryAddress[level], true);
                if (host < 0) {
                    return false;
                }
                memory.write(host, format.entryBytes(), marked);
                result.entry[level] = marked;
            }
        }
        return true;
    }
}
