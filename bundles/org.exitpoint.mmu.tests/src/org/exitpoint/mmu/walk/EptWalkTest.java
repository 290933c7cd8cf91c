/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.exitpoint.mmu.GuestTables.EPTP_4_LEVEL_WB;
import static org.exitpoint.mmu.GuestTables.PS;
import static org.exitpoint.mmu.GuestTables.RWX;
import static org.exitpoint.mmu.GuestTables.WB;

import java.util.ArrayList;
import java.util.List;

import org.exitpoint.mmu.GuestTables;
import org.exitpoint.mmu.format.Access;
import org.exitpoint.mmu.format.EptFormat;
import org.exitpoint.mmu.format.PagingFeatures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SDM vol. 3, "EPT Translation Mechanism" and "EPT-Induced VM Exits". */
class EptWalkTest {
    private static final long ADDRESS = 0x12_3456_7890L;
    private static final long EPT_ACCESSED = 1 << 8;
    private static final long EPT_DIRTY = 1 << 9;
    private static final int[] ACCESSES = {Access.READ, Access.WRITE, Access.READ | Access.WRITE, Access.FETCH};

    private final GuestTables tables = new GuestTables();
    private final long root = tables.table();
    private final TranslationContext context = new TranslationContext(GuestTables.FEATURES);
    private final AddressTranslation probe = AddressTranslation.probe(tables.memory, null);
    private final AddressTranslation processor = AddressTranslation.ofProcessor(tables.memory, null);

    @BeforeEach
    void eptInUse() {
        context.controls(1, 0, 0, 0);
        context.virtualization(1, root | EPTP_4_LEVEL_WB);
    }

    @AfterEach
    void close() {
        tables.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 21, 30})
    void everyCombinationOfRights(int shift) {
        long leaf = tables.map(root, ADDRESS, shift, 0, 7);
        long above = entryAt((shift - 12) / 9 + 2);
        long table = tables.memory.read(above, 8) & ~7L;
        for (int rights = 0; rights < 64; rights++) {
            int low = rights & 7;
            int high = rights >>> 3;
            tables.memory.write(leaf, 8, 0x4000_0000L | low | WB | (shift > 12 ? PS : 0));
            tables.memory.write(above, 8, table | high);
            for (int access : ACCESSES) {
                long got = probe.linear(context, ADDRESS, access);
                String what = "upper %x lower %x access %x".formatted(high, low, access);
                if (high == 0) {
                    expectViolation(got, access, 0, what);
                } else if (writableButNotReadable(high)) {
                    assertThat(got).as(what).isEqualTo(TranslationFault.EPT_MISCONFIGURATION);
                } else if (low == 0) {
                    expectViolation(got, access, 0, what);
                } else if (writableButNotReadable(low)) {
                    assertThat(got).as(what).isEqualTo(TranslationFault.EPT_MISCONFIGURATION);
                    assertThat(probe.fault().guestPhysical()).isEqualTo(ADDRESS);
                } else if (permitted(high & low, access)) {
                    assertThat(got).as(what).isEqualTo(0x4000_0000L | ADDRESS & (1L << shift) - 1);
                } else {
                    expectViolation(got, access, high & low, what);
                }
            }
        }
    }

    private static boolean writableButNotReadable(int rights) {
        return (rights & 3) == 2;
    }

    private static boolean permitted(int rights, int access) {
        return ((access & Access.READ) == 0 || (rights & 1) != 0) && ((access & Access.WRITE) == 0 || (rights & 2) != 0)
                && ((access & Access.FETCH) == 0 || (rights & 4) != 0);
    }

    private void expectViolation(long got, int access, int rights, String what) {
        assertThat(got).as(what).isEqualTo(TranslationFault.EPT_VIOLATION);
        int kind = access == Access.FETCH ? 4 : access;
        assertThat(probe.fault().qualification()).as(what).isEqualTo(kind | rights << 3 | 0x180);
        assertThat(probe.fault().guestPhysical()).as(what).isEqualTo(ADDRESS);
    }

    @Test
    void executeOnlyMayBeUnsupported() {
        TranslationContext without = new TranslationContext(new PagingFeatures(39, true, 3, false));
        without.controls(1, 0, 0, 0);
        without.virtualization(1, root | EPTP_4_LEVEL_WB);
        tables.map(root, ADDRESS, 12, 4 | WB, 7);
        assertThat(probe.linear(context, ADDRESS, Access.FETCH)).isEqualTo(0x890);
        assertThat(probe.linear(without, ADDRESS, Access.FETCH)).isEqualTo(TranslationFault.EPT_MISCONFIGURATION);
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 21, 30})
    void memoryTypesOfPages(int shift) {
        long leaf = tables.map(root, ADDRESS, shift, 7, 7);
        for (int type = 0; type < 8; type++) {
            tables.memory.write(leaf, 8, 7 | (long) type << 3 | (shift > 12 ? PS : 0));
            assertThat(probe.linear(context, ADDRESS, Access.READ) == TranslationFault.EPT_MISCONFIGURATION)
                    .as("type %d", type).isEqualTo(type == 2 || type == 3 || type == 7);
        }
    }

    @ParameterizedTest
    @CsvSource({"4,12", "3,12", "2,12", "1,12", "3,30", "2,21"})
    void everyReservedBitMisconfigures(int level, int shift) {
        long leaf = tables.map(root, ADDRESS, shift, RWX | WB, RWX);
        long address = 12 + 9 * (level - 1) == shift ? leaf : entryAt(level);
        boolean leafEntry = address == leaf;
        long good = tables.memory.read(address, 8);
        for (int bit = 3; bit < 64; bit++) {
            boolean reserved = bit >= 39 && bit <= 51
                    || (leafEntry ? shift > 12 && bit >= 12 && bit < shift : bit <= 6 || bit == 7 && level == 4);
            boolean otherMeaning = leafEntry ? bit < 6 || bit == 7 : bit == 7 && level < 4 || bit >= 12 && bit < 39;
            if (otherMeaning || (good >>> bit & 1) != 0) {
                continue;
            }
            tables.memory.write(address, 8, good | 1L << bit);
            assertThat(probe.linear(context, ADDRESS, Access.READ) == TranslationFault.EPT_MISCONFIGURATION)
                    .as("bit %d", bit).isEqualTo(reserved);
        }
        tables.memory.write(address, 8, -8L);
        assertThat(probe.linear(context, ADDRESS, Access.READ)).as("not present comes first")
                .isEqualTo(TranslationFault.EPT_VIOLATION);
    }

    @Test
    void largePagesMayBeUnsupported() {
        TranslationContext small = new TranslationContext(new PagingFeatures(39, true, 1, true));
        small.controls(1, 0, 0, 0);
        small.virtualization(1, root | EPTP_4_LEVEL_WB);
        tables.map(root, ADDRESS, 21, RWX | WB, RWX);
        assertThat(probe.linear(small, ADDRESS, Access.READ)).isEqualTo(TranslationFault.EPT_MISCONFIGURATION);
    }

    @Test
    void accessedAndDirtyFlagsOnlyIfEnabled() {
        long leaf = tables.map(root, ADDRESS, 12, RWX | WB, RWX);
        processor.linear(context, ADDRESS, Access.WRITE);
        assertThat(tables.memory.read(leaf, 8)).isEqualTo(RWX | WB);
        context.virtualization(1, root | EPTP_4_LEVEL_WB | EptFormat.EPTP_ACCESSED_DIRTY);
        processor.linear(context, ADDRESS, Access.FETCH);
        assertThat(tables.memory.read(leaf, 8)).isEqualTo(RWX | WB | EPT_ACCESSED);
        processor.linear(context, ADDRESS, Access.WRITE);
        assertThat(tables.memory.read(leaf, 8)).isEqualTo(RWX | WB | EPT_ACCESSED | EPT_DIRTY);
        for (int level = 2; level <= 4; level++) {
            assertThat(tables.memory.read(entryAt(level), 8) & (EPT_ACCESSED | EPT_DIRTY)).isEqualTo(EPT_ACCESSED);
        }
    }

    @Test
    void deniedAccessesAndProbesSetNoFlags() {
        context.virtualization(1, root | EPTP_4_LEVEL_WB | EptFormat.EPTP_ACCESSED_DIRTY);
        long leaf = tables.map(root, ADDRESS, 12, 5 | WB, RWX);
        assertThat(processor.linear(context, ADDRESS, Access.WRITE)).isEqualTo(TranslationFault.EPT_VIOLATION);
        assertThat(probe.linear(context, ADDRESS, Access.READ)).isPositive();
        assertThat(tables.memory.read(leaf, 8)).isEqualTo(5 | WB);
        assertThat(tables.memory.read(entryAt(4), 8) & EPT_ACCESSED).isZero();
    }

    @Test
    void addressesWithoutALinearOneSaySo() {
        assertThat(processor.guestPhysical(context, ADDRESS, Access.READ)).isEqualTo(TranslationFault.EPT_VIOLATION);
        assertThat(processor.fault().qualification()).isEqualTo(1);
    }

    @Test
    void observerSeesEveryEntryInOrder() {
        tables.map(root, ADDRESS, 21, RWX | WB, RWX);
        List<String> seen = new ArrayList<>();
        AddressTranslation.probe(tables.memory, (stage, level, address, host, entry) ->
                seen.add(stage + " " + level + " " + (address == host) + " " + (entry & 0xFF)))
                .linear(context, ADDRESS, Access.READ);
        assertThat(seen).containsExactly("GUEST_PHYSICAL 4 true 7", "GUEST_PHYSICAL 3 true 7",
                "GUEST_PHYSICAL 2 true 183");
    }

    private long entryAt(int level) {
        long table = root;
        for (int at = 4; at > level; at--) {
            table = tables.memory.read(table + (ADDRESS >>> 12 + 9 * (at - 1) & 511) * 8, 8) & 0x000F_FFFF_FFFF_F000L;
        }
        return table + (ADDRESS >>> 12 + 9 * (level - 1) & 511) * 8;
    }
}
