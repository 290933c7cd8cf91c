/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.tlb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.exitpoint.machine.PhysicalMemory.CLEAN;
import static org.exitpoint.machine.PhysicalMemory.CODE;
import static org.exitpoint.machine.PhysicalMemory.RAM;
import static org.exitpoint.machine.PhysicalMemory.READ_ONLY;
import static org.exitpoint.machine.PhysicalMemory.WATCHED_LOAD;
import static org.exitpoint.machine.PhysicalMemory.WATCHED_STORE;
import static org.exitpoint.mmu.tlb.FastTlb.OFFSET_FETCH;
import static org.exitpoint.mmu.tlb.FastTlb.OFFSET_READ;
import static org.exitpoint.mmu.tlb.FastTlb.OFFSET_WRITE;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.exitpoint.mmu.format.Access;
import org.exitpoint.mmu.format.Permission;
import org.exitpoint.mmu.memory.FlatPhysicalMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast TLB by itself: tags, banks, page flags, dropping. */
class FastTlbTest {
    private static final long LINEAR = 0xFFFF_8000_0012_3000L;
    private static final int PLAIN = Permission.ALL & ~Permission.USER;
    private static final int SMAP = Permission.CONTROL_SMAP;

    private final FlatPhysicalMemory memory = new FlatPhysicalMemory(1 << 24);
    private final FastTlb tlb = new FastTlb(memory);
    private final List<Integer> changed = new ArrayList<>();

    FastTlbTest() {
        memory.addRam(0, 1 << 20);
        memory.onFlagsAdded(tlb);
    }

    @AfterEach
    void close() {
        tlb.close();
        memory.close();
    }

    private int bank(int pcid, int access) {
        return tlb.bank(true, 0, pcid, FastContext.NO_EPT, SMAP, access);
    }

    private long look(int bank, long linear, int offset) {
        return FastTlb.lookup(tlb.address(bank), linear, offset, 1);
    }

    @Test
    void noAddressMatchesAnEmptyBank() {
        Random random = new Random(11);
        long bank = tlb.address(bank(0, 0));
        for (int i = 0; i < 200_000; i++) {
            long linear = switch (i & 3) {
                case 0 -> random.nextLong();
                case 1 -> random.nextInt(3 * FastTlb.ENTRIES) * 4096L + random.nextInt(4096);
                case 2 -> i >>> 2;
                default -> -1L - random.nextInt(1 << 26);
            };
            assertThat(FastTlb.lookup(bank, linear, OFFSET_READ, 1)).as("%x", linear).isZero();
            assertThat(FastTlb.lookup(bank, linear, OFFSET_WRITE, 1)).isZero();
            assertThat(FastTlb.lookup(bank, linear, OFFSET_FETCH, 1)).isZero();
        }
    }

    @Test
    void entriesTakenOutNeverMatchAgain() {
        int bank = bank(0, 0);
        for (long page = 0; page < FastTlb.ENTRIES; page++) {
            tlb.install(bank, page << 12, 0x5000, PLAIN, false);
        }
        assertThat(look(bank, 0x7FF, OFFSET_READ)).isEqualTo(memory.base() + 0x57FF);
        tlb.drop();
        for (long page = 0; page < 2 * FastTlb.ENTRIES; page++) {
            assertThat(look(bank, page << 12, OFFSET_READ)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 16, 32, 64})
    void accessesAcrossThePagesEndMiss(int bytes) {
        int bank = bank(0, 0);
        tlb.install(bank, LINEAR, 0x5000, PLAIN, false);
        long address = tlb.address(bank);
        long last = LINEAR + 4096 - bytes;
        assertThat(FastTlb.lookup(address, last, OFFSET_READ, bytes)).isEqualTo(memory.base() + 0x6000 - bytes);
        assertThat(FastTlb.lookup(address, LINEAR, OFFSET_WRITE, bytes)).isEqualTo(memory.base() + 0x5000);
        assertThat(FastTlb.lookup(address, LINEAR - 1, OFFSET_READ, bytes)).isZero();
        for (long at = last + 1; at <= LINEAR + 4096; at++) {
            assertThat(FastTlb.lookup(address, at, OFFSET_READ, bytes)).as("%x", at).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"63,S,rwx", "55,S,rwx", "55,U,", "63,U,rwx", "63,A,rwx", "31,U,rx", "61,U,rx", "61,S,rwx", "59,U,rw",
            "47,S,rx", "62,S,x"})
    void tagsFollowPermissions(int permissions, String mode, String expected) {
        int bank = tlb.bank(true, 0, 0, FastContext.NO_EPT, 0,
                switch (mode) {
                    case "U" -> Access.USER;
                    case "A" -> Access.AC_OVERRIDE;
                    default -> 0;
                });
        tlb.install(bank, LINEAR, 0x5000, permissions, false);
        String got = (look(bank, LINEAR, OFFSET_READ) != 0 ? "r" : "")
                + (look(bank, LINEAR, OFFSET_WRITE) != 0 ? "w" : "")
                + (look(bank, LINEAR, OFFSET_FETCH) != 0 ? "x" : "");
        assertThat(got).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void userPagesUnderSmapAreInTheBankWithAcOnly() {
        int plain = bank(0, Access.READ);
        int override = bank(0, Access.READ | Access.AC_OVERRIDE);
        int implicit = bank(0, Access.READ | Access.AC_OVERRIDE | Access.IMPLICIT_SUPERVISOR);
        tlb.install(plain, LINEAR, 0x5000, Permission.ALL, false);
        tlb.install(override, LINEAR, 0x5000, Permission.ALL, false);
        assertThat(implicit).isEqualTo(plain);
        assertThat(look(plain, LINEAR, OFFSET_READ)).isZero();
        assertThat(look(override, LINEAR, OFFSET_READ)).isNotZero();
        assertThat(tlb.bank(true, 0, 0, FastContext.NO_EPT, 0, Access.AC_OVERRIDE)).as("AC is nothing without SMAP")
                .isEqualTo(tlb.bank(true, 0, 0, FastContext.NO_EPT, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {READ_ONLY, CODE, WATCHED_STORE, CLEAN})
    void flagsAddedLaterTakeTheStoreTagOfEveryBank(int flag) {
        int supervisor = bank(0, 0);
        int user = bank(1, Access.USER);
        tlb.install(supervisor, LINEAR, 0x5000, PLAIN, false);
        tlb.install(supervisor, LINEAR + 0x1000, 0x6000, PLAIN, false);
        tlb.install(user, 0x1000, 0x5000, Permission.ALL, false);
        memory.addPageFlags(0x5123, flag);
        assertThat(look(supervisor, LINEAR, OFFSET_WRITE)).isZero();
        assertThat(look(user, 0x1000, OFFSET_WRITE)).isZero();
        assertThat(look(user, 0x1000, OFFSET_READ)).isNotZero();
        assertThat(look(supervisor, LINEAR + 0x1000, OFFSET_WRITE)).isNotZero();
        tlb.install(user, 0x1000, 0x5000, Permission.ALL, false);
        assertThat(look(user, 0x1000, OFFSET_WRITE)).as("nor on installation").isZero();
        memory.removePageFlags(0x5000, flag);
        tlb.install(user, 0x1000, 0x5000, Permission.ALL, false);
        assertThat(look(user, 0x1000, OFFSET_WRITE)).isNotZero();
    }

    @Test
    void watchedLoadsAreNeverInPlace() {
        int bank = bank(0, 0);
        tlb.install(bank, LINEAR, 0x5000, PLAIN, false);
        memory.addPageFlags(0x5000, WATCHED_LOAD);
        assertThat(look(bank, LINEAR, OFFSET_READ)).isZero();
        assertThat(look(bank, LINEAR, OFFSET_WRITE)).as("a read-modify-write loads too").isZero();
        assertThat(look(bank, LINEAR, OFFSET_FETCH)).isNotZero();
        tlb.install(bank, LINEAR, 0x5000, PLAIN, false);
        assertThat(look(bank, LINEAR, OFFSET_READ)).isZero();
    }

    @Test
    void clearDirtyTakesAllStoreTagsUntilTheFirstStore() {
        int bank = bank(0, 0);
        tlb.install(bank, LINEAR, 0x5000, PLAIN, false);
        memory.clearDirty();
        assertThat(look(bank, LINEAR, OFFSET_WRITE)).isZero();
        memory.write(0x5000, 1, 1);
        tlb.install(bank, LINEAR, 0x5000, PLAIN, false);
        assertThat(look(bank, LINEAR, OFFSET_WRITE)).isNotZero();
    }

    @Test
    void pagesWithoutMemoryAreNotInstalled() {
        int bank = bank(0, 0);
        tlb.install(bank, LINEAR, 1 << 20, PLAIN, false);
        tlb.install(bank, LINEAR, 0xFEE0_0000L, PLAIN, false);
        assertThat(memory.pageFlags(1 << 20) & RAM).isZero();
        assertThat(tlb.isInstalled(bank, LINEAR)).isFalse();
    }

    @Test
    void leastRecentlyUsedBankIsReused() {
        tlb.onExecutableChanged(changed::add);
        int first = bank(0, 0);
        tlb.install(first, LINEAR, 0x5000, PLAIN, false);
        for (int pcid = 1; pcid < FastTlb.BANKS; pcid++) {
            bank(pcid, 0);
        }
        assertThat(bank(0, 0)).isEqualTo(first);
        int second = bank(FastTlb.BANKS, 0);
        assertThat(second).isNotEqualTo(first);
        assertThat(look(first, LINEAR, OFFSET_READ)).isNotZero();
        changed.clear();
        for (int pcid = 2; pcid <= FastTlb.BANKS; pcid++) {
            bank(pcid + 100, 0);
        }
        assertThat(changed).hasSize(FastTlb.BANKS - 1).contains(first);
        assertThat(look(first, LINEAR, OFFSET_READ)).as("another context's bank now").isZero();
    }

    @Test
    void droppedTagTakesItsOwnEntriesOnly() {
        int mine = bank(1, 0);
        int other = bank(2, 0);
        tlb.install(mine, LINEAR, 0x5000, PLAIN, false);
        tlb.install(mine, LINEAR + 0x1000, 0x6000, PLAIN, true);
        tlb.install(other, LINEAR, 0x7000, PLAIN, false);
        tlb.onExecutableChanged(changed::add);
        tlb.dropped(new TlbTag(MappingKind.LINEAR, 0, 1, false, FastContext.NO_EPT));
        assertThat(look(mine, LINEAR, OFFSET_READ)).isZero();
        assertThat(look(mine, LINEAR + 0x1000, OFFSET_READ)).as("global").isNotZero();
        assertThat(look(other, LINEAR, OFFSET_READ)).isNotZero();
        assertThat(changed).containsExactly(mine);
        tlb.dropped(new TlbTag(MappingKind.LINEAR, 0, 0, true, FastContext.NO_EPT));
        assertThat(look(mine, LINEAR + 0x1000, OFFSET_READ)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 21, 30})
    void droppedPageTakesItsRangeInAllBanksOfTheTag(int shift) {
        int[] banks = {bank(1, 0), bank(1, Access.USER), bank(1, Access.AC_OVERRIDE)};
        long start = 0x4000_0000L;
        for (int bank : banks) {
            for (int n = 0; n < 1000; n++) {
                tlb.install(bank, start - 0x3000 + n * 4096L, 0x5000, Permission.ALL, false);
            }
        }
        tlb.pageDropped(new TlbTag(MappingKind.LINEAR, 0, 1, false, FastContext.NO_EPT), start, shift, true);
        for (int bank : banks) {
            for (int n = 0; n < 1000; n++) {
                long page = start - 0x3000 + n * 4096L;
                assertThat(tlb.isInstalled(bank, page)).as("%x", page).isEqualTo(page < start
                        || page >= start + (1L << shift));
            }
        }
    }

    @Test
    void pagesThatShareAnEntryReplaceEachOther() {
        int bank = bank(0, 0);
        tlb.install(bank, LINEAR, 0x5000, PLAIN, false);
        tlb.install(bank, LINEAR + FastTlb.ENTRIES * 4096L, 0x6000, PLAIN, false);
        assertThat(look(bank, LINEAR, OFFSET_READ)).isZero();
        memory.addPageFlags(0x5000, CODE);
        assertThat(look(bank, LINEAR + FastTlb.ENTRIES * 4096L, OFFSET_WRITE)).isNotZero();
        memory.addPageFlags(0x6000, CODE);
        assertThat(look(bank, LINEAR + FastTlb.ENTRIES * 4096L, OFFSET_WRITE)).isZero();
    }
}
