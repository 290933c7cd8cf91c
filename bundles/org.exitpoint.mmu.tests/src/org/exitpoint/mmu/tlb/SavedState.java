/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.tlb;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;

/** A snapshot in memory. */
public final class SavedState implements StateWriter, StateReader {
    private final Deque<Map.Entry<String, Object>> fields = new ArrayDeque<>();

    @Override
    public void number(String field, long value) {
        fields.add(Map.entry(field, value));
    }

    @Override
    public void bytes(String field, byte[] value) {
        fields.add(Map.entry(field, value.clone()));
    }

    @Override
    public long number(String field) {
        return (Long) next(field);
    }

    @Override
    public byte[] bytes(String field) {
        return (byte[]) next(field);
    }

    private Object next(String field) {
        Map.Entry<String, Object> next = fields.remove();
        if (!next.getKey().equals(field)) {
            throw new IllegalStateException("expected " + field + ", got " + next.getKey());
        }
        return next.getValue();
    }
}
