/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.exitpoint.mmu.GuestTables.A;
import static org.exitpoint.mmu.GuestTables.CR0_PAGING;
import static org.exitpoint.mmu.GuestTables.CR0_WP;
import static org.exitpoint.mmu.GuestTables.CR4_PAE;
import static org.exitpoint.mmu.GuestTables.D;
import static org.exitpoint.mmu.GuestTables.EFER_LONG;
import static org.exitpoint.mmu.GuestTables.EFER_NXE;
import static org.exitpoint.mmu.GuestTables.EPTP_4_LEVEL_WB;
import static org.exitpoint.mmu.GuestTables.P;
import static org.exitpoint.mmu.GuestTables.RWX;
import static org.exitpoint.mmu.GuestTables.U;
import static org.exitpoint.mmu.GuestTables.W;
import static org.exitpoint.mmu.GuestTables.WB;
import static org.exitpoint.mmu.GuestTables.XD;

import java.util.ArrayList;
import java.util.List;

import org.exitpoint.mmu.GuestTables;
import org.exitpoint.mmu.format.Access;
import org.exitpoint.mmu.format.EptFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two-dimensional translation: guest tables at guest-physical 1000H to 4000H and a data page at 5000H, each behind an
 * EPT entry of its own.
 */
class NestedTranslationTest {
    private static final long LINEAR = 0x678;
    private static final long HOST = 0x200_0000;
    private static final long DATA = 0x5000;
    private static final long TABLE_4 = 0x1000;
    private static final long TABLE_1 = 0x4000;

    private final GuestTables tables = new GuestTables();
    private final long eptRoot = tables.table();
    private final long[] eptEntry = new long[6];
    private final TranslationContext context = new TranslationContext(GuestTables.FEATURES);
    private final AddressTranslation processor = AddressTranslation.ofProcessor(tables.memory, null);

    @BeforeEach
    void build() {
        for (int page = 1; page <= 5; page++) {
            eptEntry[page] = tables.map(eptRoot, page << 12, 12, HOST + (page << 12) | RWX | WB, RWX);
            if (page < 5) {
                guestEntry(page, page + 1L << 12 | P | W | U);
            }
        }
        context.controls(CR0_PAGING | CR0_WP, TABLE_4, CR4_PAE, EFER_LONG | EFER_NXE);
        enable(0);
    }

    @AfterEach
    void close() {
        tables.close();
    }

    private void guestEntry(int page, long value) {
        tables.memory.write(HOST + (page << 12), 8, value);
    }

    private long guestEntry(int page) {
        return tables.memory.read(HOST + (page << 12), 8);
    }

    private void rights(int page, long rights) {
        tables.memory.write(eptEntry[page], 8, HOST + (page << 12) | rights | WB);
    }

    private void enable(long eptBits) {
        context.virtualization(1, eptRoot | EPTP_4_LEVEL_WB | eptBits);
    }

    @Test
    void translatesAndSetsGuestFlags() {
        assertThat(processor.linear(context, LINEAR, Access.WRITE | Access.USER)).isEqualTo(HOST + DATA + LINEAR);
        assertThat(processor.guestPhysical()).isEqualTo(DATA + LINEAR);
        assertThat(guestEntry(1) & (A | D)).isEqualTo(A);
        assertThat(guestEntry(4) & (A | D)).isEqualTo(A | D);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void tablesThatAreNotPresentViolateAsReads(int page) {
        rights(page, 0);
        assertThat(processor.linear(context, LINEAR, Access.WRITE)).isEqualTo(TranslationFault.EPT_VIOLATION);
        assertThat(processor.fault().guestPhysical()).isEqualTo((long) page << 12);
        assertThat(processor.fault().linear()).isEqualTo(LINEAR);
        assertThat(processor.fault().qualification()).isEqualTo(0x81);
        assertThat(processor.fault().advancedQualification()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void withAccessedDirtyEveryTableAccessIsAReadAndWrite(int page) {
        enable(EptFormat.EPTP_ACCESSED_DIRTY);
        rights(page, 5);
        for (int marked = 1; marked <= 4; marked++) {
            guestEntry(marked, guestEntry(marked) | A | D);
        }
        assertThat(processor.linear(context, LINEAR, Access.READ)).isEqualTo(TranslationFault.EPT_VIOLATION);
        assertThat(processor.fault().qualification()).isEqualTo(0x83 | 5 << 3);
        assertThat(tables.memory.read(eptEntry[page], 8) & 0x300).isZero();
    }

    @Test
    void withAccessedDirtyTablesBecomeDirty() {
        enable(EptFormat.EPTP_ACCESSED_DIRTY);
        processor.linear(context, LINEAR, Access.READ);
        assertThat(tables.memory.read(eptEntry[1], 8) & 0x300).isEqualTo(0x300);
        assertThat(tables.memory.read(eptEntry[5], 8) & 0x300).isEqualTo(0x100);
    }

    @ParameterizedTest
    @CsvSource({"0,READ,false", "0,WRITE,false", "32,READ,true", "32,WRITE,false", "96,READ,true", "96,WRITE,true"})
    void guestFlagsInAReadOnlyTableFaultOnlyWhenTheyMustBeSet(long leafFlags, String access, boolean allowed) {
        for (int page = 1; page <= 3; page++) {
            guestEntry(page, guestEntry(page) | A);
        }
        guestEntry(4, guestEntry(4) | leafFlags);
        rights(4, 5);
        long got = processor.linear(context, LINEAR, access.equals("READ") ? Access.READ : Access.WRITE);
        if (allowed) {
            assertThat(got).isEqualTo(HOST + DATA + LINEAR);
        } else {
            assertThat(got).isEqualTo(TranslationFault.EPT_VIOLATION);
            assertThat(processor.fault().qualification()).as("read and write of a table").isEqualTo(0x83 | 5 << 3);
            assertThat(processor.fault().guestPhysical()).isEqualTo(TABLE_1);
        }
    }

    @Test
    void guestPageFaultComesBeforeViolationOfTheFinalAddress() {
        rights(5, 0);
        guestEntry(4, DATA | P);
        assertThat(processor.linear(context, LINEAR, Access.WRITE)).isEqualTo(TranslationFault.PAGE_FAULT);
        assertThat(processor.fault().errorCode()).isEqualTo(3);
        assertThat(processor.linear(context, LINEAR, Access.READ)).isEqualTo(TranslationFault.EPT_VIOLATION);
        assertThat(processor.fault().qualification()).isEqualTo(0x181);
    }

    @Test
    void violationOfATableComesBeforeAPageFaultFurtherDown() {
        guestEntry(4, 0);
        rights(3, 0);
        assertThat(processor.linear(context, LINEAR, Access.READ)).isEqualTo(TranslationFault.EPT_VIOLATION);
        rights(3, RWX);
        assertThat(processor.linear(context, LINEAR, Access.READ)).isEqualTo(TranslationFault.PAGE_FAULT);
    }

    @Test
    void misconfigurationOfATable() {
        rights(2, 2);
        assertThat(processor.linear(context, LINEAR, Access.READ)).isEqualTo(TranslationFault.EPT_MISCONFIGURATION);
        assertThat(processor.fault().guestPhysical()).isEqualTo(0x2000);
    }

    @ParameterizedTest
    @CsvSource({"7,0x600", "3,0x400", "1,0", "5,0x200"})
    void advancedInformationDescribesTheGuestsRights(long guestBits, String expected) {
        rights(5, 0);
        guestEntry(4, DATA | guestBits);
        processor.linear(context, LINEAR, Access.READ);
        assertThat(processor.fault().advancedQualification()).isEqualTo(Integer.decode(expected));
        guestEntry(4, DATA | guestBits | XD);
        processor.linear(context, LINEAR, Access.READ);
        assertThat(processor.fault().advancedQualification()).isEqualTo(Integer.decode(expected) | 0x800);
    }

    @Test
    void executionNeedsBothStages() {
        rights(5, 3);
        assertThat(processor.linear(context, LINEAR, Access.FETCH)).isEqualTo(TranslationFault.EPT_VIOLATION);
        assertThat(processor.fault().qualification()).isEqualTo(0x184 | 3 << 3);
    }

    @Test
    void observerSeesBothDimensions() {
        List<String> seen = new ArrayList<>();
        AddressTranslation.probe(tables.memory, (stage, level, address, host, entry) ->
                seen.add(stage.name().charAt(0) + "" + level)).linear(context, LINEAR, Access.READ);
        String ept = "G4 G3 G2 G1 ";
        assertThat(String.join(" ", seen))
                .isEqualTo(ept + "L4 " + ept + "L3 " + ept + "L2 " + ept + "L1 " + ept.trim());
        assertThat(guestEntry(4) & A).as("a probe sets nothing").isZero();
    }
}
