/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu;

import org.exitpoint.cpu.state.GuestState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** SDM vol. 1, "I/O Protection": IOPL and the I/O permission bit map. */
class PortTest {
    private static final long IOPL3 = 0x3000;
    private TestProcessor test = TestProcessor.protectedMode();

    @AfterEach
    void close() {
        test.close();
    }

    private void user() {
        test.close();
        test = TestProcessor.protectedMode().user();
    }

    @Test
    void widthsAndPorts() {
        test.state.setRegister(0, 0x1234_5678);
        test.execute("E6 80");
        test.state.setRegister(2, 0x1F4);
        test.execute("66 EF");
        test.execute("EF");
        assertThat(test.bus.writes).containsExactly("port 80/1=78", "port 1f4/2=5678", "port 1f4/4=12345678");
        test.execute("E4 80");
        assertThat(test.state.register(0)).isEqualTo(0x1234_5688);
    }

    @Test
    void usersNeedIoplOrTheMap() {
        user();
        test.ram.write(TestProcessor.TSS + 0x66, 2, 0x68);
        Raised.generalProtection(() -> test.execute("E6 80"));
        test.state.setRflags(IOPL3);
        test.execute("E6 80");
        test.state.setRflags(0);
        test.state.setSegment(GuestState.TR, TestProcessor.TASK, TestProcessor.TSS, 0x68 + 0x12, 0x8B);
        test.ram.write(TestProcessor.TSS + 0x68 + 0x10, 2, 0xFE);
        test.execute("E6 80");
        Raised.generalProtection(() -> test.execute("E6 81"));
        Raised.generalProtection(() -> test.execute("66 E7 80"));
        Raised.generalProtection(() -> test.execute("E6 98"));
    }

    @Test
    void accessThatSpansBytesOfTheMap() {
        user();
        test.state.setSegment(GuestState.TR, TestProcessor.TASK, TestProcessor.TSS, 0x68 + 0x20, 0x8B);
        test.ram.write(TestProcessor.TSS + 0x66, 2, 0x68);
        test.execute("E7 86");
        test.ram.write(TestProcessor.TSS + 0x68 + 0x11, 1, 1);
        Raised.generalProtection(() -> test.execute("E7 86"));
    }

    @Test
    void stringInputStoresAndAdvances() {
        test.state.setRegister(7, 0x2_8000);
        test.state.setRegister(2, 0x60);
        test.execute("6D");
        assertThat(test.ram.read(0x2_8000, 4)).isEqualTo(0x5566_7788);
        assertThat(test.state.register(7)).isEqualTo(0x2_8004);
        test.state.setRflags(0x400);
        test.state.setRegister(6, 0x2_8000);
        test.execute("6E");
        assertThat(test.bus.writes).containsExactly("port 60/1=88");
        assertThat(test.state.register(6)).isEqualTo(0x2_7FFF);
    }
}
