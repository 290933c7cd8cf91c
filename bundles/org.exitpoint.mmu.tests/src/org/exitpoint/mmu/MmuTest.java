/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.exitpoint.mmu.GuestTables.CR0_PAGING;
import static org.exitpoint.mmu.GuestTables.CR0_WP;
import static org.exitpoint.mmu.GuestTables.CR4_PAE;
import static org.exitpoint.mmu.GuestTables.CR4_PGE;
import static org.exitpoint.mmu.GuestTables.D;
import static org.exitpoint.mmu.GuestTables.A;
import static org.exitpoint.mmu.GuestTables.EFER_LONG;
import static org.exitpoint.mmu.GuestTables.EFER_NXE;
import static org.exitpoint.mmu.GuestTables.G;
import static org.exitpoint.mmu.GuestTables.P;
import static org.exitpoint.mmu.GuestTables.RWX;
import static org.exitpoint.mmu.GuestTables.U;
import static org.exitpoint.mmu.GuestTables.W;
import static org.exitpoint.mmu.GuestTables.WB;

import org.exitpoint.mmu.format.Access;
import org.exitpoint.mmu.tlb.InvalidationRule;
import org.exitpoint.mmu.walk.TranslationContext;
import org.exitpoint.mmu.walk.TranslationFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The MMU as a processor uses it: translation, lifetimes of cached mappings, both stages together. */
class MmuTest {
    private static final long LINEAR = 0x7FFF_1234_5678L;
    private static final long PAGE = LINEAR & ~0xFFFL;

    private final GuestTables tables = new GuestTables();
    private final Mmu mmu = new Mmu(tables.memory, GuestTables.FEATURES);
    private long root;

    @BeforeEach
    void pagingOn() {
        root = tables.table();
        mmu.controls(CR0_PAGING | CR0_WP, root, CR4_PAE | CR4_PGE, EFER_LONG | EFER_NXE);
    }

    @AfterEach
    void close() {
        mmu.close();
        tables.close();
    }

    @Test
    void translatesPagesOfEverySize() {
        tables.map(root, PAGE, 12, 0x12_3000 | P, P | W | U);
        tables.map(root, 0x4000_0000L, 21, 0x20_0000 | P, P | W | U);
        tables.map(root, 0x80_0000_0000L, 30, 0x4000_0000 | P, P | W | U);
        assertThat(mmu.translate(LINEAR, Access.READ)).isEqualTo(0x12_3678);
        assertThat(mmu.translate(0x401F_FFFFL, Access.READ)).isEqualTo(0x3F_FFFF);
        assertThat(mmu.translate(0x80_3FFF_FFF0L, Access.READ)).isEqualTo(0x7FFF_FFF0L);
    }

    @Test
    void pagingOffIsTheIdentity() {
        mmu.controls(1, 0, 0, 0);
        assertThat(mmu.translate(0xFEE0_0010L, Access.WRITE)).isEqualTo(0xFEE0_0010L);
    }

    @Test
    void firstWriteThroughCachedCleanPageSetsDirty() {
        long entry = tables.map(root, PAGE, 12, 0x12_3000 | P | W, P | W | U);
        mmu.translate(LINEAR, Access.READ);
        assertThat(tables.memory.read(entry, 8) & (A | D)).isEqualTo(A);
        assertThat(mmu.translate(LINEAR, Access.WRITE)).isEqualTo(0x12_3678);
        assertThat(tables.memory.read(entry, 8) & (A | D)).isEqualTo(A | D);
        tables.memory.write(entry, 8, 0x12_3000 | P | W);
        mmu.translate(LINEAR, Access.WRITE);
        assertThat(tables.memory.read(entry, 8) & (A | D)).as("cached as dirty: memory is not looked at").isZero();
    }

    @Test
    void staleMappingStaysUntilInvalidated() {
        long entry = tables.map(root, PAGE, 12, 0x12_3000 | P, P | W | U);
        mmu.translate(LINEAR, Access.READ);
        tables.memory.write(entry, 8, 0x45_6000 | P);
        assertThat(mmu.translate(LINEAR, Access.READ)).isEqualTo(0x12_3678);
        assertThat(mmu.probe(mmu.context(), LINEAR, Access.READ)).isEqualTo(0x45_6678);
        mmu.invalidate(InvalidationRule.INVLPG, LINEAR);
        assertThat(mmu.translate(LINEAR, Access.READ)).isEqualTo(0x45_6678);
    }

    @Test
    void globalMappingSurvivesMovToCr3ButNotPgeChange() {
        tables.map(root, PAGE, 12, 0x12_3000 | P | G, P | W | U);
        mmu.translate(LINEAR, Access.READ);
        mmu.controls(CR0_PAGING, tables.table(), CR4_PAE | CR4_PGE, EFER_LONG);
        mmu.invalidate(InvalidationRule.ofMovToCr3(0, CR4_PAE | CR4_PGE), 0);
        assertThat(mmu.translate(LINEAR, Access.READ)).isEqualTo(0x12_3678);
        mmu.invalidate(InvalidationRule.ofMovToCr4(CR4_PAE | CR4_PGE, CR4_PAE), 0);
        assertThat(mmu.translate(LINEAR, Access.READ)).isEqualTo(TranslationFault.PAGE_FAULT);
        assertThat(mmu.fault().errorCode()).isZero();
        assertThat(mmu.fault().linear()).isEqualTo(LINEAR);
    }

    @Test
    void pageFaultInvalidatesTheMappingThatDeniedTheAccess() {
        long entry = tables.map(root, PAGE, 12, 0x12_3000 | P, P | W | U);
        mmu.translate(LINEAR, Access.READ);
        tables.memory.write(entry, 8, 0x45_6000 | P);
        assertThat(mmu.translate(LINEAR, Access.WRITE)).isEqualTo(TranslationFault.PAGE_FAULT);
        assertThat(mmu.translate(LINEAR, Access.READ)).isEqualTo(0x45_6678);
    }

    @Test
    void walkThatFindsAnotherSizeReplacesWhatWasCached() {
        tables.map(root, 0x20_0000, 12, 0x12_3000 | P, P | W | U);
        long directoryEntry = tables.map(root, 0x40_0000, 21, 0, P | W | U) - 8;
        assertThat(mmu.translate(0x20_0010, Access.READ)).isEqualTo(0x12_3010);
        assertThat(mmu.direct(0x20_0010, 8, Access.READ)).isEqualTo(tables.memory.base() + 0x12_3010);
        tables.memory.write(directoryEntry, 8, 0x60_0000 | P | W | GuestTables.PS);
        assertThat(mmu.translate(0x20_0010, Access.READ)).as("stale").isEqualTo(0x12_3010);
        assertThat(mmu.translate(0x20_0010, Access.WRITE)).isEqualTo(0x60_0010);
        assertThat(mmu.translate(0x20_0010, Access.READ)).isEqualTo(0x60_0010);
        assertThat(mmu.direct(0x20_0010, 8, Access.READ)).isEqualTo(tables.memory.base() + 0x60_0010);
    }

    @Test
    void walkThatFindsAGlobalPageReplacesTheLocalMapping() {
        long entry = tables.map(root, PAGE, 12, 0x12_3000 | P, P | W | U);
        mmu.translate(LINEAR, Access.READ);
        tables.memory.write(entry, 8, 0x45_6000 | P | W | G);
        assertThat(mmu.translate(LINEAR, Access.WRITE)).isEqualTo(0x45_6678);
        assertThat(mmu.translate(LINEAR, Access.READ)).isEqualTo(0x45_6678);
        assertThat(mmu.tlb().size()).isEqualTo(1);
    }

    @Test
    void eptWalkThatFindsAnotherSizeReplacesWhatWasCached() {
        long eptRoot = tables.table();
        tables.map(eptRoot, 0x20_0000, 12, 0x12_3000 | 5 | WB, RWX);
        long directoryEntry = tables.map(eptRoot, 0x40_0000, 21, 0, RWX) - 8;
        mmu.controls(1, 0, 0, 0);
        mmu.virtualization(1, eptRoot | GuestTables.EPTP_4_LEVEL_WB);
        assertThat(mmu.translate(0x20_0010, Access.READ)).isEqualTo(0x12_3010);
        tables.memory.write(directoryEntry, 8, 0x60_0000 | RWX | WB | GuestTables.PS);
        assertThat(mmu.translate(0x20_0010, Access.WRITE)).isEqualTo(0x60_0010);
        assertThat(mmu.translate(0x20_0010, Access.READ)).isEqualTo(0x60_0010);
    }

    @Test
    void eptViolationInvalidatesWhatLedToIt() {
        long eptRoot = tables.table();
        long entry = tables.map(eptRoot, 0x20_0000, 12, 0x12_3000 | 5 | WB, RWX);
        mmu.controls(1, 0, 0, 0);
        mmu.virtualization(1, eptRoot | GuestTables.EPTP_4_LEVEL_WB);
        mmu.translate(0x20_0000, Access.READ);
        tables.memory.write(entry, 8, 0x45_6000 | 5 | WB);
        assertThat(mmu.translate(0x20_0000, Access.READ)).as("stale").isEqualTo(0x12_3000);
        assertThat(mmu.translate(0x20_0000, Access.WRITE)).isEqualTo(TranslationFault.EPT_VIOLATION);
        assertThat(mmu.translate(0x20_0000, Access.READ)).isEqualTo(0x45_6000);
    }

    @Test
    void missingInveptLeavesCombinedMappingsStale() {
        long eptRoot = tables.table();
        tables.map(eptRoot, 0, 30, RWX | WB, RWX);
        tables.map(root, PAGE, 12, 0x12_3000 | P, P | W | U);
        mmu.virtualization(5, eptRoot | GuestTables.EPTP_4_LEVEL_WB);
        assertThat(mmu.translate(LINEAR, Access.READ)).isEqualTo(0x12_3678);
        tables.map(eptRoot, 0, 30, 0x4000_0000 | RWX | WB, RWX);
        mmu.invalidate(InvalidationRule.INVVPID_ALL_CONTEXTS, 0);
        assertThat(mmu.translate(LINEAR, Access.READ)).as("guest-physical mappings survive INVVPID")
                .isEqualTo(0x12_3678);
        mmu.invalidate(InvalidationRule.INVEPT_SINGLE_CONTEXT, 0, 0, eptRoot, 0);
        assertThat(mmu.tlb().size()).isZero();
        assertThat(mmu.translate(LINEAR, Access.READ)).as("the guest's tables have moved away")
                .isEqualTo(TranslationFault.PAGE_FAULT);
        assertThat(mmu.fault().errorCode()).isEqualTo(9);
    }

    @Test
    void identityIsServedFastWithPagingOff() {
        mmu.controls(1, 0, 0, 0);
        assertThat(mmu.direct(0x5000, 8, Access.READ | Access.WRITE)).isEqualTo(tables.memory.base() + 0x5000);
        assertThat(mmu.direct(0x5FFC, 8, Access.READ)).as("crosses the page's end").isZero();
        assertThat(mmu.direct(0xFEE0_0000L, 4, Access.READ)).as("no memory there").isZero();
        assertThat(mmu.tlb().size()).isZero();
    }

    @Test
    void nestedTranslationCombinesBothStages() {
        long eptRoot = tables.table();
        long guestRoot = 0x1000;
        tables.map(eptRoot, 0x1000, 12, 0x30_1000 | RWX | WB, RWX);
        tables.map(eptRoot, 0x2000, 12, 0x30_2000 | RWX | WB, RWX);
        tables.map(eptRoot, 0x3000, 12, 0x30_3000 | RWX | WB, RWX);
        tables.entry(0x30_1000, 0, 0x2000 | P | W | U);
        tables.entry(0x30_2000, 0, 0x3000 | P | W | U);
        tables.entry(0x30_3000, 0, 0x20_0000 | P | W | U | GuestTables.PS);
        tables.map(eptRoot, 0x20_4000, 12, 0x30_4000 | 5 | WB, RWX);
        mmu.controls(CR0_PAGING | CR0_WP, guestRoot, CR4_PAE, EFER_LONG);
        mmu.virtualization(1, eptRoot | GuestTables.EPTP_4_LEVEL_WB);
        assertThat(mmu.translate(0x4ABC, Access.READ)).isEqualTo(0x30_4ABC);
        assertThat(mmu.translate(0x4ABC, Access.WRITE)).isEqualTo(TranslationFault.EPT_VIOLATION);
        assertThat(mmu.fault().guestPhysical()).isEqualTo(0x20_4ABC);
        assertThat(mmu.fault().qualification()).isEqualTo(0x1AA);
        assertThat(mmu.translate(0x8000, Access.READ)).isEqualTo(TranslationFault.EPT_VIOLATION);
        assertThat(mmu.fault().qualification()).isEqualTo(0x181);
        mmu.virtualization(0, TranslationContext.NO_EPT);
        mmu.controls(CR0_PAGING, root, CR4_PAE, EFER_LONG);
        assertThat(mmu.translate(0x4ABC, Access.READ)).isEqualTo(TranslationFault.PAGE_FAULT);
    }
}
