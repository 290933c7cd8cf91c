/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.exitpoint.platform.CheckedMemory;
import org.exitpoint.platform.memory.RamLayout;
import org.junit.jupiter.api.Test;

class SnapshotTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private void writeSample() {
        SnapshotWriter out = new SnapshotWriter(bytes);
        out.number("plain", -1);
        out.component("uart0");
        out.number("ier", Long.MIN_VALUE);
        out.bytes("fifo", new byte[] {1, 2, 3});
    }

    private static void readSample(byte[] snapshot) {
        SnapshotReader in = new SnapshotReader(new ByteArrayInputStream(snapshot));
        assertThat(in.number("plain")).isEqualTo(-1);
        in.component("uart0");
        assertThat(in.number("ier")).isEqualTo(Long.MIN_VALUE);
        assertThat(in.bytes("fifo")).containsExactly(1, 2, 3);
    }

    @Test
    void fieldsComeBackInOrder() {
        writeSample();
        readSample(bytes.toByteArray());
    }

    @Test
    void aFieldOfAnotherNameComponentOrKindIsRefused() {
        writeSample();
        SnapshotReader in = new SnapshotReader(new ByteArrayInputStream(bytes.toByteArray()));
        assertThatThrownBy(() -> in.number("other")).isInstanceOf(SnapshotException.class)
                .hasMessageContaining("\"plain\" where \"other\" belongs");
        assertThatThrownBy(() -> in.number("ier")).as("component not named").isInstanceOf(SnapshotException.class);
    }

    @Test
    void everyTruncationIsRefusedInASentence() {
        writeSample();
        byte[] whole = bytes.toByteArray();
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> readSample(part)).as("%d bytes", length).isInstanceOf(SnapshotException.class)
                    .hasMessageContaining("snapshot ends inside");
        }
    }

    @Test
    void everyChangedByteOfNamesAndHeaderIsRefused() {
        writeSample();
        byte[] whole = bytes.toByteArray();
        for (int at = 0; at < 14; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 0x40;
            assertThatThrownBy(() -> readSample(changed)).as("byte %d", at).isInstanceOf(SnapshotException.class);
        }
    }

    @Test
    void failuresOfTheStreamAreNotTakenForBadSnapshots() throws IOException {
        try (InputStream in = InputStream.nullInputStream(); OutputStream out = OutputStream.nullOutputStream()) {
            in.close();
            out.close();
            assertThatThrownBy(() -> new SnapshotReader(in)).isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(() -> new SnapshotWriter(out)).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void memoryComesBackAndPagesWrittenLaterAreZeroAgain() {
        RamLayout ram = RamLayout.pc(RamLayout.LEAST);
        CheckedMemory memory = new CheckedMemory();
        ram.addTo(memory);
        MemoryState state = new MemoryState(memory, ram);
        memory.write(0, 8, 0x1122_3344_5566_7788L);
        memory.write(ram.end() - 1, 1, 0x5A);
        state.save(new SnapshotWriter(bytes));
        assertThat(bytes.size()).as("zero pages are left out").isLessThan(3 * 4096);

        memory.write(0, 8, 7);
        memory.write(0x12_3456, 4, -1);
        state.restore(new SnapshotReader(new ByteArrayInputStream(bytes.toByteArray())));
        assertThat(memory.read(0, 8)).isEqualTo(0x1122_3344_5566_7788L);
        assertThat(memory.read(ram.end() - 1, 1)).isEqualTo(0x5A);
        assertThat(memory.read(0x12_3456, 4)).isZero();
    }

    @Test
    void memoryOfALargerBoardIsRefused() {
        RamLayout large = RamLayout.pc(2 * RamLayout.LEAST);
        CheckedMemory memory = new CheckedMemory();
        large.addTo(memory);
        memory.write(large.end() - 1, 1, 1);
        new MemoryState(memory, large).save(new SnapshotWriter(bytes));
        MemoryState small = new MemoryState(memory, RamLayout.pc(RamLayout.LEAST));
        assertThatThrownBy(() -> small.restore(new SnapshotReader(new ByteArrayInputStream(bytes.toByteArray()))))
                .isInstanceOf(SnapshotException.class).hasMessageContaining("0x3ff000");
    }
}
