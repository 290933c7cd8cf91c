/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.walk;

import static org.assertj.core.api.Assertions.assertThat;

import org.exitpoint.mmu.GuestTables;
import org.exitpoint.mmu.format.Access;
import org.exitpoint.mmu.format.PagingFeatures;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * SDM vol. 3, "Access Rights" and "Page-Fault Exceptions": every combination of permission bits of two levels, of modes
 * and of accesses, against a reading of those sections that shares nothing with the code.
 */
class FourLevelAccessRightsTest {
    private static final long LINEAR = 0x0000_7A5A_1234_5678L;
    private static final int[] ACCESSES = {Access.READ, Access.WRITE, Access.READ | Access.WRITE, Access.FETCH};
    private static final int[] MODES = {0, Access.USER, Access.AC_OVERRIDE, Access.IMPLICIT_SUPERVISOR,
            Access.IMPLICIT_SUPERVISOR | Access.AC_OVERRIDE};

    private final GuestTables tables = new GuestTables();
    private final long root = tables.table();
    private final TranslationContext context = new TranslationContext(GuestTables.FEATURES);
    private final AddressTranslation probe = AddressTranslation.probe(tables.memory, null);

    /** Bits of the two entries: P, R/W, U/S, XD of the leaf, then of the entry above. */
    private record Entries(int bits) {
        boolean present(int which) {
            return (bits >>> which * 4 & 1) != 0;
        }

        boolean writable() {
            return (bits & 0x22) == 0x22;
        }

        boolean user() {
            return (bits & 0x44) == 0x44;
        }

        boolean executeDisable(int which) {
            return (bits >>> which * 4 & 8) != 0;
        }

        long encode(int which) {
            return bits >>> which * 4 & 7 | (executeDisable(which) ? GuestTables.XD : 0);
        }
    }

    private record Controls(boolean wp, boolean smep, boolean smap, boolean nxe) {
        Controls(int bits) {
            this((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0);
        }
    }

    @AfterEach
    void close() {
        tables.close();
    }

    @TestFactory
    Stream<DynamicTest> everyCombination() {
        int[] shifts = {12, 21, 30};
        return IntStream.of(shifts).boxed().flatMap(shift -> IntStream.range(0, 16).mapToObj(controls ->
                DynamicTest.dynamicTest("page of 2^%d, controls %x".formatted(shift, controls),
                        () -> checkAll(shift, new Controls(controls)))));
    }

    private void checkAll(int shift, Controls controls) {
        long leafAddress = tables.map(root, LINEAR, shift, 0, 7);
        long aboveAddress = addressOfEntryAbove(shift);
        long above = tables.memory.read(aboveAddress, 8) & 0x000F_FFFF_FFFF_F000L;
        set(controls);
        for (int bits = 0; bits < 256; bits++) {
            Entries entries = new Entries(bits);
            tables.memory.write(leafAddress, 8, entries.encode(0) | (shift > 12 ? GuestTables.PS : 0));
            tables.memory.write(aboveAddress, 8, entries.encode(1) | above);
            for (int access : ACCESSES) {
                for (int mode : MODES) {
                    check(shift, entries, controls, access | mode);
                }
            }
        }
    }

    private long addressOfEntryAbove(int shift) {
        long table = root;
        for (int at = 39; at > shift + 9; at -= 9) {
            table = tables.memory.read(table + (LINEAR >>> at & 511) * 8, 8) & 0x000F_FFFF_FFFF_F000L;
        }
        return table + (LINEAR >>> shift + 9 & 511) * 8;
    }

    private void set(Controls c) {
        context.controls(GuestTables.CR0_PAGING | (c.wp() ? GuestTables.CR0_WP : 0), root,
                GuestTables.CR4_PAE | (c.smep() ? 1 << 20 : 0) | (c.smap() ? 1 << 21 : 0),
                GuestTables.EFER_LONG | (c.nxe() ? GuestTables.EFER_NXE : 0));
    }

    private void check(int shift, Entries entries, Controls controls, int access) {
        int expected = expectedError(entries, controls, access);
        long got = probe.linear(context, LINEAR, access);
        if (expected < 0 ? got != (LINEAR & (1L << shift) - 1)
                : got != TranslationFault.PAGE_FAULT || probe.fault().errorCode() != expected) {
            assertThat("%x, error code %x".formatted(got, probe.fault().errorCode()))
                    .as("%s %s access %x", entries, controls, access)
                    .isEqualTo(expected < 0 ? "translation" : "%x, error code %x".formatted(-1L, expected));
        }
    }

    /** The error code, or -1 if the access is allowed. */
    private static int expectedError(Entries e, Controls c, int access) {
        boolean userMode = (access & Access.USER) != 0;
        boolean write = (access & Access.WRITE) != 0;
        boolean fetch = (access & Access.FETCH) != 0;
        int basic = (write ? 2 : 0) | (userMode ? 4 : 0) | (fetch && (c.nxe() || c.smep()) ? 16 : 0);
        for (int which = 1; which >= 0; which--) {
            if (!e.present(which)) {
                return basic;
            }
            if (e.executeDisable(which) && !c.nxe()) {
                return basic | 1 | 8;
            }
        }
        return allowed(e, c, access, userMode, write, fetch) ? -1 : basic | 1;
    }

    private static boolean allowed(Entries e, Controls c, int access, boolean userMode, boolean write, boolean fetch) {
        boolean executable = !e.executeDisable(0) && !e.executeDisable(1);
        if (userMode) {
            return e.user() && (!write || e.writable()) && (!fetch || executable);
        }
        if (fetch) {
            return executable && !(c.smep() && e.user());
        }
        boolean explicitWithAc = (access & Access.IMPLICIT_SUPERVISOR) == 0 && (access & Access.AC_OVERRIDE) != 0;
        if (e.user() && c.smap() && !explicitWithAc) {
            return false;
        }
        return !write || e.writable() || !c.wp();
    }

    @ParameterizedTest
    @CsvSource({"4,12", "3,12", "2,12", "1,12", "3,30", "2,21"})
    void everyReservedBitFaults(int level, int shift) {
        set(new Controls(9));
        long leaf = tables.map(root, LINEAR, shift, 7, 7);
        long address = level == 1 || 12 + 9 * (level - 1) == shift ? leaf : entryAt(level);
        boolean leafEntry = address == leaf;
        long good = tables.memory.read(address, 8);
        for (int bit = 0; bit < 64; bit++) {
            boolean reserved = bit >= 39 && bit <= 51 || bit == 7 && level == 4
                    || leafEntry && shift > 12 && bit >= 13 && bit < shift;
            boolean addressBit = bit >= 12 && bit < 39 && !reserved;
            if ((good >>> bit & 1) != 0 || addressBit && !leafEntry || bit == 7 && !leafEntry && level != 4
                    || bit == 63) {
                continue;
            }
            tables.memory.write(address, 8, good | 1L << bit);
            long got = probe.linear(context, LINEAR, Access.READ);
            assertThat(got == TranslationFault.PAGE_FAULT).as("bit %d", bit).isEqualTo(reserved);
            if (reserved) {
                assertThat(probe.fault().errorCode()).as("bit %d", bit).isEqualTo(9);
            }
        }
    }

    @Test
    void gigabytePagesAreReservedWhereNotSupported() {
        TranslationContext older = new TranslationContext(
                new PagingFeatures(39, false, 3, true));
        older.controls(GuestTables.CR0_PAGING, root, GuestTables.CR4_PAE, GuestTables.EFER_LONG);
        tables.map(root, LINEAR, 30, 7, 7);
        assertThat(probe.linear(older, LINEAR, Access.USER | Access.WRITE)).isEqualTo(TranslationFault.PAGE_FAULT);
        assertThat(probe.fault().errorCode()).isEqualTo(0xF);
    }

    private long entryAt(int level) {
        long table = root;
        for (int at = 4; at > level; at--) {
            table = tables.memory.read(table + (LINEAR >>> 12 + 9 * (at - 1) & 511) * 8, 8) & 0x000F_FFFF_FFFF_F000L;
        }
        return table + (LINEAR >>> 12 + 9 * (level - 1) & 511) * 8;
    }
}
