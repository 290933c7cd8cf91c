/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.devices;

import java.util.ArrayDeque;
import java.util.Deque;
import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;

/** Keeps what a device saves and gives it back, insisting on names, order and completeness. */
public final class StateRecording implements StateWriter, StateReader {
    private record Field(String name, Object value) {
    }

    private final Deque<Field> fields = new ArrayDeque<>();

    @Override
    public void number(String field, long value) {
        fields.add(new Field(field, value));
    }

    @Override
    public void bytes(String field, byte[] value) {
        fields.add(new Field(field, value.clone()));
    }

    @Override
    public long number(String field) {
        return (Long) take(field);
    }

    @Override
    public byte[] bytes(String field) {
        return (byte[]) take(field);
    }

    private Object take(String name) {
        Field next = fields.poll();
        if (next == null || !next.name.equals(name)) {
            throw new IllegalStateException("expected " + name + ", found " + next);
        }
        return next.value;
    }

    /** Whether everything that was saved has been read. */
    public boolean isUsedUp() {
        return fields.isEmpty();
    }
}
