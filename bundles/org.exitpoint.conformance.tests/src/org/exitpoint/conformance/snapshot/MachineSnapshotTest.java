/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.snapshot;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import org.exitpoint.guests.SampleGuests;
import org.exitpoint.machine.Stop;
import org.exitpoint.platform.EngineKind;
import org.exitpoint.platform.MachineConfiguration;
import org.exitpoint.platform.PcMachine;
import org.exitpoint.platform.image.ImageException;
import org.exitpoint.platform.image.ImageFile;
import org.exitpoint.platform.snapshot.SnapshotReader;
import org.exitpoint.platform.snapshot.SnapshotWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The tour, saved in the middle and restored on a machine that has not run, ends as the tour that was never saved. */
class MachineSnapshotTest {
    private static final long MEMORY = 16 << 20;

    @ParameterizedTest
    @CsvSource({"INTERPRETER, 1", "INTERPRETER, 19427", "INTERPRETER, 60001", "INTERPRETER, 141003",
        "TRANSLATOR, 19427", "TRANSLATOR, 120007", "TRANSLATOR, 150001"})
    void restoredMachineGoesOnAlike(EngineKind engine, long steps) throws ImageException, IOException {
        ByteArrayOutputStream wholeOutput = new ByteArrayOutputStream();
        ByteArrayOutputStream restOutput = new ByteArrayOutputStream();
        try (PcMachine saved = machine(engine, wholeOutput); PcMachine restored = machine(engine, restOutput)) {
            assertThat(saved.run(steps)).isEqualTo(new Stop.Limit());
            int printed = wholeOutput.size();
            restored.restore(new SnapshotReader(new ByteArrayInputStream(snapshot(saved))));

            Stop end = saved.run(Long.MAX_VALUE);

            assertThat(restored.run(Long.MAX_VALUE)).isEqualTo(end).isEqualTo(new Stop.GuestExit(0));
            assertThat(restored.clock().steps()).isEqualTo(saved.clock().steps());
            assertThat(restOutput.toString()).isEqualTo(wholeOutput.toString().substring(printed));
            assertThat(snapshot(restored)).isEqualTo(snapshot(saved));
        }
    }

    private static PcMachine machine(EngineKind engine, ByteArrayOutputStream output)
            throws ImageException, IOException {
        try (InputStream in = SampleGuests.find("tour").orElseThrow().open()) {
            ImageFile image = new ImageFile("tour", "tour", in.readAllBytes());
            return new PcMachine(new MachineConfiguration(MEMORY, 1, "max", engine, image, "", List.of(),
                output::write, List.of()));
        }
    }

    private static byte[] snapshot(PcMachine machine) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        machine.save(new SnapshotWriter(bytes));
        return bytes.toByteArray();
    }
}
