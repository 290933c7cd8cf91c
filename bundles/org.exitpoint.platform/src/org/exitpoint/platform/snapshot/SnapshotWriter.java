/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.snapshot;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.exitpoint.machine.StateWriter;

/**
 * Writes component states to a byte stream. Failures of the stream come as {@link UncheckedIOException}. The caller
 * flushes and closes the stream.
 */
public final class SnapshotWriter implements StateWriter {
    private final DataOutputStream out;
    private String component = "";

    /** Starts a snapshot: writes its header. */
    public SnapshotWriter(OutputStream stream) {
        out = new DataOutputStream(stream);
        try {
            out.writeLong(SnapshotFormat.MAGIC);
            out.writeInt(SnapshotFormat.VERSION);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names the component whose fields follow. */
    public void component(String name) {
        component = name;
    }

    @Override
    public void number(String field, long value) {
        try {
            header(SnapshotFormat.NUMBER, field);
            out.writeLong(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void bytes(String field, byte[] value) {
        try {
            header(SnapshotFormat.BYTES, field);
            out.writeInt(value.length);
            out.write(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void header(byte kind, String field) throws IOException {
        out.writeByte(kind);
        out.writeUTF(SnapshotFormat.fieldName(component, field));
    }
}
