/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu;

import org.exitpoint.cpu.state.GuestState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** SDM vol. 2, "RDMSR", "WRMSR"; vol. 4, "Architectural MSRs": which registers there are and what they take. */
class ModelSpecificRegisterTest {
    private static final long NON_CANONICAL = 0x8000_0000_0000L;
    private TestProcessor test = TestProcessor.longMode();

    @AfterEach
    void close() {
        test.close();
    }

    private void write(int address, long value) {
        test.state.setRegister(0, value & 0xFFFF_FFFFL);
        test.state.setRegister(2, value >>> 32);
        test.state.setRegister(1, address & 0xFFFF_FFFFL);
        test.execute("0F 30");
    }

    private long read(int address) {
        test.state.setRegister(1, address & 0xFFFF_FFFFL);
        test.execute("0F 32");
        return test.state.register(2) << 32 | test.state.register(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x175, 0x176, 0xC000_0082, 0xC000_0083, 0xC000_0100, 0xC000_0101, 0xC000_0102})
    void addressesMustBeCanonical(int address) {
        write(address, 0xFFFF_8000_1234_5678L);
        assertThat(read(address)).isEqualTo(0xFFFF_8000_1234_5678L);
        Raised.generalProtection(() -> write(address, NON_CANONICAL));
        assertThat(read(address)).isEqualTo(0xFFFF_8000_1234_5678L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x345, 0x480, 0x186, 0xDA0, 0x48, 0x12345, 0x4000_0000, 0x210})
    void absentRegistersFault(int address) {
        Raised.generalProtection(() -> read(address));
        Raised.generalProtection(() -> write(address, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x17, 0xFE, 0x179})
    void readOnlyRegistersFaultOnWrites(int address) {
        Raised.generalProtection(() -> write(address, read(address)));
    }

    @Test
    void eferGuardsItsReservedBitsAndTheMode() {
        Raised.generalProtection(() -> write(0xC000_0080, 0xD01 | 2));
        Raised.generalProtection(() -> write(0xC000_0080, 0xC01));
        write(0xC000_0080, 0x100);
        assertThat(test.state.get(GuestState.EFER)).as("LMA stays").isEqualTo(0x500);
    }

    @Test
    void patTakesMemoryTypesOnly() {
        assertThat(read(0x277)).isEqualTo(0x0007_0406_0007_0406L);
        write(0x277, 0x0001_0405_0607_0406L);
        Raised.generalProtection(() -> write(0x277, 2));
        Raised.generalProtection(() -> write(0x277, 0x0800_0000_0000_0000L));
    }

    @Test
    void mtrrsCheckTypesAndAddresses() {
        write(0x200, 0x8000_0006L);
        write(0x201, 0x3FFF_8000_0800L);
        assertThat(read(0x201)).isEqualTo(0x3FFF_8000_0800L);
        Raised.generalProtection(() -> write(0x200, 7));
        Raised.generalProtection(() -> write(0x200, 1L << 46));
        Raised.generalProtection(() -> write(0x201, 1));
        write(0x2FF, 0xC06);
        Raised.generalProtection(() -> write(0x2FF, 0x1000));
    }

    @Test
    void counterFollowsTheClockItsWritesAndItsAdjustment() {
        test.clock.now = 1000;
        assertThat(read(0x10)).isEqualTo(1000);
        write(0x10, 5000);
        test.clock.now = 1010;
        assertThat(read(0x10)).isEqualTo(5010);
        assertThat(read(0x3B)).isEqualTo(4000);
        write(0x3B, 0);
        test.execute("0F 31");
        assertThat(test.state.register(0)).isEqualTo(1010);
    }

    @Test
    void processorIdIsReadByRdtscpAndRdpid() {
        write(0xC000_0103, 7);
        Raised.generalProtection(() -> write(0xC000_0103, 1L << 32));
        test.execute("0F 01 F9");
        assertThat(test.state.register(1)).isEqualTo(7);
        test.execute("F3 0F C7 FB");
        assertThat(test.state.register(3)).isEqualTo(7);
    }

    @Test
    void branchSteppingIsNotImplemented() {
        write(0x1D9, 1);
        Raised.notImplemented("branches", () -> write(0x1D9, 2));
        Raised.generalProtection(() -> write(0x1D9, 4));
    }

    @Test
    void registersFollowTheModel() {
        test.close();
        test = TestProcessor.longMode("max,-tsc-adjust,-mtrr");
        Raised.generalProtection(() -> read(0x3B));
        Raised.generalProtection(() -> read(0x200));
        Raised.generalProtection(() -> read(0xFE));
    }
}
