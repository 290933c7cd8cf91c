/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.exitpoint.mmu.GuestTables.CR0_PAGING;
import static org.exitpoint.mmu.GuestTables.CR0_WP;
import static org.exitpoint.mmu.GuestTables.CR4_PAE;
import static org.exitpoint.mmu.GuestTables.EFER_NXE;
import static org.exitpoint.mmu.GuestTables.PS;
import static org.exitpoint.mmu.GuestTables.XD;

import org.exitpoint.mmu.GuestTables;
import org.exitpoint.mmu.format.Access;
import org.exitpoint.mmu.format.PaeFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** SDM vol. 3, "32-Bit Paging" and "PAE Paging". */
class ThirtyTwoBitPagingTest {
    private static final long CR4_PSE = 1 << 4;
    private static final long LINEAR = 0xC0C0_1234L;

    private final GuestTables tables = new GuestTables();
    private final long directory = tables.table();
    private final long table = tables.table();
    private final TranslationContext context = new TranslationContext(GuestTables.FEATURES);
    private final AddressTranslation probe = AddressTranslation.probe(tables.memory, null);
    private final AddressTranslation processor = AddressTranslation.ofProcessor(tables.memory, null);

    @AfterEach
    void close() {
        tables.close();
    }

    @Test
    void legacyMapsSmallPages() {
        legacy(0);
        tables.memory.write(directory + (LINEAR >>> 22) * 4, 4, table | 7);
        tables.memory.write(table + (LINEAR >>> 12 & 1023) * 4, 4, 0x8765_4000L | 5);
        assertThat(probe.linear(context, LINEAR, Access.READ | Access.USER)).isEqualTo(0x8765_4234L);
        assertThat(probe.linear(context, LINEAR, Access.WRITE)).isEqualTo(TranslationFault.PAGE_FAULT);
        assertThat(probe.fault().errorCode()).isEqualTo(3);
        assertThat(probe.linear(context, LINEAR, Access.FETCH | Access.USER)).isEqualTo(0x8765_4234L);
        assertThat(probe.linear(context, LINEAR + 0x1000, Access.FETCH | Access.USER))
                .isEqualTo(TranslationFault.PAGE_FAULT);
        assertThat(probe.fault().errorCode()).as("no I/D without NXE and SMEP").isEqualTo(4);
    }

    @Test
    void legacyAccessedAndDirtyFlagsAreInFourByteEntries() {
        legacy(0);
        tables.memory.write(directory + (LINEAR >>> 22) * 4, 8, table | 7 | 0xABCD_0000_0000_0000L);
        tables.memory.write(table + (LINEAR >>> 12 & 1023) * 4, 8, 0x5000 | 7);
        assertThat(processor.linear(context, LINEAR, Access.WRITE)).isEqualTo(0x5234);
        assertThat(tables.memory.read(directory + (LINEAR >>> 22) * 4, 8))
                .isEqualTo(table | 0x27 | 0xABCD_0000_0000_0000L);
        assertThat(tables.memory.read(table + (LINEAR >>> 12 & 1023) * 4, 8)).isEqualTo(0x5067);
    }

    @Test
    void pageSizeExtensionsMapFourMegabytesUpToFortyBits() {
        legacy(CR4_PSE);
        long entry = directory + (LINEAR >>> 22) * 4;
        tables.memory.write(entry, 4, 0x1F40_0000L | 0x6_6000 | PS | 7);
        assertThat(probe.linear(context, LINEAR, Access.READ)).isEqualTo(0x33_1F40_0000L | LINEAR & 0x3F_FFFF);
        assertThat(probe.linearResult().pageShift()).isEqualTo(22);
        for (int bit = 20; bit <= 21; bit++) {
            tables.memory.write(entry, 4, 0x1F40_0000L | 1L << bit | PS | 7);
            assertThat(probe.linear(context, LINEAR, Access.READ)).isEqualTo(TranslationFault.PAGE_FAULT);
            assertThat(probe.fault().errorCode()).isEqualTo(9);
        }
        legacy(0);
        tables.memory.write(entry, 4, table | PS | 7);
        tables.memory.write(table + (LINEAR >>> 12 & 1023) * 4, 4, 0x5000 | 7);
        assertThat(probe.linear(context, LINEAR, Access.READ)).as("PS ignored without CR4.PSE").isEqualTo(0x5234);
    }

    @Test
    void paeStartsFromItsRegisters() {
        context.controls(CR0_PAGING | CR0_WP, 0, CR4_PAE, EFER_NXE);
        context.pdptes(0, 0, 0, directory | 1);
        tables.entry(directory, LINEAR >>> 21 & 511, table | 7);
        tables.entry(table, LINEAR >>> 12 & 511, 0x12_3456_7000L | XD | 7);
        assertThat(probe.linear(context, LINEAR, Access.READ | Access.USER)).isEqualTo(0x12_3456_7234L);
        assertThat(probe.linear(context, LINEAR, Access.FETCH)).isEqualTo(TranslationFault.PAGE_FAULT);
        assertThat(probe.fault().errorCode()).isEqualTo(0x11);
        assertThat(probe.linear(context, LINEAR - 0x4000_0000, Access.WRITE)).isEqualTo(TranslationFault.PAGE_FAULT);
        assertThat(probe.fault().errorCode()).as("PDPTE not present").isEqualTo(2);
        tables.entry(table, LINEAR >>> 12 & 511, 0x12_3456_7000L | 1L << 62 | 7);
        assertThat(probe.linear(context, LINEAR, Access.READ)).isEqualTo(TranslationFault.PAGE_FAULT);
        assertThat(probe.fault().errorCode()).as("bits 62:52 are reserved").isEqualTo(9);
        tables.entry(directory, LINEAR >>> 21 & 511, 0x4020_0000L | PS | 7);
        assertThat(probe.linear(context, LINEAR, Access.READ)).isEqualTo(0x4020_0000L | LINEAR & 0x1F_FFFF);
    }

    @Test
    void reservedBitsOfPdptes() {
        assertThat(PaeFormat.reservedInPdpte(39)).isEqualTo(0xFFFF_FF80_0000_01E6L);
    }

    private void legacy(long cr4) {
        context.controls(CR0_PAGING | CR0_WP, directory | 0xFFF, cr4, 0);
    }
}
