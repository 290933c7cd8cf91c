/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.memory.LinearMemory;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.machine.PhysicalMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** SDM vol. 3, "Limit Checking", "Type Checking"; vol. 1, "Canonical Addressing"; alignment and page crossing. */
class LinearMemoryTest {
    private static final int DS = 3;
    private static final long UNMAPPED = 16 << 20;
    private static final long LAST = UNMAPPED - 4;
    private TestProcessor test = TestProcessor.longMode();

    @AfterEach
    void close() {
        test.close();
    }

    private void use(TestProcessor other) {
        test.close();
        test = other;
    }

    private LinearMemory memory() {
        return test.cpu.memory();
    }

    private void segment(long base, long limit, int rights) {
        test.state.setSegment(DS, 0x10, base, limit, rights);
    }

    @Test
    void nonCanonicalAccessIsGeneralProtectionOrStackFault() {
        Raised.generalProtection(() -> memory().load(DS, 0x8000_0000_0000L, 1));
        Raised.generalProtection(() -> memory().load(DS, 0x7FFF_FFFF_FFFDL, 4));
        Raised.fault(ExceptionVector.SS, 0, () -> memory().store(GuestState.SS, 0x8000_0000_0000L, 1, 0));
    }

    @Test
    void basesCountForFsAndGsOnlyIn64BitMode() {
        test.state.setSegment(DS, 0x10, 0x5000, 0, 0xC093);
        test.state.setSegment(GuestState.FS, 0x10, 0x5000, 0, 0xC093);
        test.ram.write(0x5100, 4, 0x55);
        assertThat(memory().load(GuestState.FS, 0x100, 4)).isEqualTo(0x55);
        assertThat(memory().load(DS, 0x5100, 4)).isEqualTo(0x55);
    }

    @Test
    void crossingAccessTranslatesBothPagesBeforeItStores() {
        Interruption.PageFault fault = catchThrowableOfType(Interruption.PageFault.class,
            () -> memory().store(DS, LAST, 8, -1));
        assertThat(fault.address()).isEqualTo(UNMAPPED);
        assertThat(fault.errorCode()).isEqualTo(2);
        assertThat(test.ram.read(LAST, 4)).isZero();
        memory().store(DS, 0x5FFD, 8, 0x1122_3344_5566_7788L);
        assertThat(test.ram.read(0x5FFD, 8)).isEqualTo(0x1122_3344_5566_7788L);
        assertThat(memory().load(DS, 0x5FFD, 8)).isEqualTo(0x1122_3344_5566_7788L);
        assertThat(memory().loadForWrite(DS, 0x5FFD, 4)).isEqualTo(0x5566_7788);
        memory().storeLoaded(4, 0xAABB_CCDDL);
        assertThat(test.ram.read(0x5FFD, 4)).isEqualTo(0xAABB_CCDDL);
    }

    @Test
    void limitsOfExpandUpSegments() {
        use(TestProcessor.protectedMode());
        segment(0x5000, 0xFFF, 0x4093);
        memory().store(DS, 0xFFC, 4, 1);
        Raised.generalProtection(() -> memory().load(DS, 0xFFD, 4));
        assertThat(test.ram.read(0x5FFC, 4)).isEqualTo(1);
    }

    @Test
    void limitsOfExpandDownSegments() {
        use(TestProcessor.protectedMode());
        segment(0, 0xFFF, 0x4097);
        memory().load(DS, 0x1000, 4);
        Raised.generalProtection(() -> memory().load(DS, 0xFFF, 1));
        segment(0, 0xFFF, 0x0097);
        memory().load(DS, 0xFFFC, 4);
        Raised.generalProtection(() -> memory().load(DS, 0xFFFD, 4));
    }

    @Test
    void typesOfSegments() {
        use(TestProcessor.protectedMode());
        segment(0, 0xFFFF_FFFFL, 0xC091);
        memory().load(DS, 0x5000, 4);
        Raised.generalProtection(() -> memory().store(DS, 0x5000, 4, 0));
        segment(0, 0xFFFF_FFFFL, 0xC099);
        Raised.generalProtection(() -> memory().load(DS, 0x5000, 4));
        segment(0, 0xFFFF_FFFFL, 0xC09B);
        memory().load(DS, 0x5000, 4);
        Raised.generalProtection(() -> memory().loadForWrite(DS, 0x5000, 4));
        segment(0, 0, 0x1_0000);
        Raised.generalProtection(() -> memory().load(DS, 0, 1));
    }

    @Test
    void linearAddressesWrapAt4GBytes() {
        use(TestProcessor.protectedMode());
        segment(0xFFFF_F000L, 0xFFFF_FFFFL, 0xC093);
        test.ram.write(0x100, 4, 0x77);
        assertThat(memory().load(DS, 0x1100, 4)).isEqualTo(0x77);
    }

    @Test
    void alignmentIsCheckedForUsersWhoAskForIt() {
        use(TestProcessor.longMode().user());
        test.state.setRflags(1 << 18);
        test.state.set(GuestState.CR0, test.state.get(GuestState.CR0) | 1 << 18);
        Raised.fault(ExceptionVector.AC, 0, () -> memory().load(DS, 0x5002, 4));
        memory().load(DS, 0x5004, 4);
        test.state.setRflags(0);
        memory().load(DS, 0x5002, 4);
    }

    @Test
    void smapLetsAcThroughButNotImplicitAccesses() {
        test.state.set(GuestState.CR4, 0x20 | 1 << 21);
        test.cpu.stateReplaced();
        Interruption.PageFault fault = catchThrowableOfType(Interruption.PageFault.class,
            () -> memory().load(DS, 0x5000, 4));
        assertThat(fault.errorCode()).isEqualTo(1);
        test.state.setRflags(1 << 18);
        memory().load(DS, 0x5000, 4);
        assertThat(catchThrowableOfType(Interruption.PageFault.class, () -> memory().loadSystem(0x5000, 4)))
            .isNotNull();
    }

    @Test
    void storesToCodePagesAreTold() {
        int[] told = new int[1];
        test.ram.onStore(PhysicalMemory.CODE, (address, bytes) -> told[0] += bytes);
        memory().store(DS, 0x6000, 4, 1);
        assertThat(told[0]).isZero();
        test.ram.addPageFlags(0x6000, PhysicalMemory.CODE);
        memory().store(DS, 0x6000, 4, 2);
        assertThat(told[0]).isEqualTo(4);
    }

    @Test
    void addressesWithoutMemoryGoToTheBus() {
        use(TestProcessor.protectedMode());
        memory().store(DS, 0xFEC0_0010L, 4, 5);
        assertThat(test.bus.writes).containsExactly("memory fec00010/4=5");
        assertThat(memory().load(DS, 0xFEC0_0010L, 4)).isEqualTo(0x5566_7788L);
    }

    @Test
    void fetchFaultsWithTheFetchBit() {
        test.state.setRip(UNMAPPED);
        Interruption.PageFault fault = catchThrowableOfType(Interruption.PageFault.class,
            () -> test.cpu.code().physical(UNMAPPED));
        assertThat(fault.errorCode()).isEqualTo(0x10);
        Raised.generalProtection(() -> test.cpu.code().physical(0x8000_0000_0000L));
    }

    @Test
    void fetchStopsAtTheSegmentLimit() {
        use(TestProcessor.protectedMode());
        test.state.setSegment(GuestState.CS, 8, 0, 0x1_0003, 0x409B);
        Raised.generalProtection(() -> test.cpu.code().physical(0x1_0004));
        assertThat(test.cpu.code().read(0x1_0000, 0x1_0000, new byte[15], 0)).isEqualTo(4);
    }

    @Test
    void systemStructureAboveFourGBytesCrossesAPageInCompatibilityMode() {
        long pdpte = 0x10_1000 + 8 * 4;
        long directory = 0x10_3000;
        test.ram.write(pdpte, 8, directory | 7);
        test.ram.write(directory, 8, 0x20_0087);
        test.ram.write(0x20_5FFE, 4, 0x4433_2211);
        test.state.setSegment(GuestState.CS, TestProcessor.CODE32, 0, 0xFFFF_FFFFL, TestProcessor.CODE32_RIGHTS);
        test.cpu.stateReplaced();
        assertThat(memory().loadSystem(0x1_0000_5FFEL, 4)).isEqualTo(0x4433_2211);
    }
}
