/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.devices.exit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExitPortsTest {
    private final List<Long> exits = new ArrayList<>();
    private final DebugExit debugExit = new DebugExit("debug-exit", exits::add);
    private final AtomicInteger powerOffs = new AtomicInteger();
    private final ShutdownPort shutdownPort = new ShutdownPort("shutdown-port", powerOffs::incrementAndGet);

    @Test
    void debugExitReportsTheValueInTheWidthOfTheWrite() {
        debugExit.write(0, 1, 0xFFFF_FF23L);
        debugExit.write(0, 2, 0xFFFF_1234L);
        debugExit.write(0, 4, 0x1_8000_0001L);

        assertThat(exits).containsExactly(0x23L, 0x1234L, 0x8000_0001L);
    }

    @Test
    void debugExitReadsAllOnesAndDoesNotExit() {
        assertThat(debugExit.read(0, 1)).isEqualTo(0xFF);
        assertThat(debugExit.read(0, 2)).isEqualTo(0xFFFF);
        assertThat(debugExit.read(0, 4)).isEqualTo(0xFFFF_FFFFL);
        assertThat(exits).isEmpty();
    }

    @Test
    void theWordPowersOff() {
        write("Shutdow");
        assertThat(powerOffs).hasValue(0);
        write("n");
        assertThat(powerOffs).hasValue(1);
    }

    @Test
    void anotherLetterStartsTheWordAnew() {
        write("Shutxdown");
        assertThat(powerOffs).hasValue(0);
        write("ShuShutdown");
        assertThat(powerOffs).hasValue(1);
    }

    private void write(String letters) {
        letters.chars().forEach(letter -> shutdownPort.write(0, 1, letter));
    }
}
