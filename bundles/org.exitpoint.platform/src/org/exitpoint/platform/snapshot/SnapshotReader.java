/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.snapshot;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import org.exitpoint.machine.StateReader;

/**
 * Reads what a {@link SnapshotWriter} wrote. Throws {@link SnapshotException} when the bytes are not what the reading
 * component expects, {@link UncheckedIOException} when the stream fails.
 */
public final class SnapshotReader implements StateReader {
    private final DataInputStream in;
    private String component = "";

    /** Starts reading: checks the header. */
    public SnapshotReader(InputStream stream) {
        in = new DataInputStream(stream);
        long magic = attempt("header", in::readLong);
        if (magic != SnapshotFormat.MAGIC) {
            throw new SnapshotException("not a snapshot: it does not begin with the snapshot header");
        }
        int version = attempt("header", in::readInt);
        if (version != SnapshotFormat.VERSION) {
            throw new SnapshotException("snapshot version %d cannot be read, only version %d"
                    .formatted(version, SnapshotFormat.VERSION));
        }
    }

    /** Names the component whose fields follow. */
    public void component(String name) {
        component = name;
    }

    @Override
    public long number(String field) {
        expect(SnapshotFormat.NUMBER, field);
        return attempt(field, in::readLong);
    }

    @Override
    public byte[] bytes(String field) {
        expect(SnapshotFormat.BYTES, field);
        int length = attempt(field, in::readInt);
        byte[] value = length < 0 ? new byte[0] : attempt(field, () -> in.readNBytes(length));
        if (value.length != length) {
            throw truncated(field);
        }
        return value;
    }

    private void expect(byte kind, String field) {
        String wanted = SnapshotFormat.fieldName(component, field);
        byte foundKind = attempt(field, in::readByte);
        String found = attempt(field, in::readUTF);
        if (!found.equals(wanted) || foundKind != kind) {
            throw new SnapshotException("snapshot holds field \"%s\" where \"%s\" belongs: it was taken of another "
                    .formatted(found, wanted) + "board or version");
        }
    }

    private SnapshotException truncated(String field) {
        return new SnapshotException("snapshot ends inside \"%s\"".formatted(
                SnapshotFormat.fieldName(component, field)));
    }

    private <T> T attempt(String field, Read<T> read) {
        try {
            return read.read();
        } catch (EOFException e) {
            throw truncated(field);
        } catch (UTFDataFormatException e) {
            throw new SnapshotException("snapshot is damaged before \"%s\"".formatted(
                    SnapshotFormat.fieldName(component, field)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Read<T> {
        T read() throws IOException;
    }
}
