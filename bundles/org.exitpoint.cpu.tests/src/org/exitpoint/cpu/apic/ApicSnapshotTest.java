/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;
import org.junit.jupiter.api.Test;

/**
 * A field that is not saved makes a replay differ from the run: every mutable field of the APIC and of its parts gets a
 * value that it does not have after power-on, is saved, and must be in a restored APIC.
 */
class ApicSnapshotTest {
    private static final long SEED = 20_261_121;
    private static final int RANDOM_ACCESSES = 20_000;
    /** Past the last register that is not reserved. */
    private static final int REGISTERS_END = 0x400;
    private static final Set<Class<?>> WIRING = Set.of(ApicConnections.class, ApicBus.class, HandClock.class);

    private final ApicMachine machine = new ApicMachine(1);

    /** Visits every mutable slot of an object and of its parts in this package, by its path. */
    private interface Visitor {
        void visit(String path, Object owner, Field field, int index) throws IllegalAccessException;
    }

    private static void walk(LocalApic apic, Visitor visitor) throws IllegalAccessException {
        walk("apic", apic, Collections.newSetFromMap(new IdentityHashMap<>()), visitor);
    }

    private static void walk(String path, Object part, Set<Object> seen, Visitor visitor)
        throws IllegalAccessException {
        if (!seen.add(part)) {
            return;
        }
        for (Field field : part.getClass().getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                continue;
            }
            field.setAccessible(true);
            Object value = field.get(part);
            String name = path + "." + field.getName();
            boolean isFinal = Modifier.isFinal(field.getModifiers());
            if (field.getType().isArray()) {
                assertThat(isFinal).as(name).isTrue();
                for (int i = 0; i < Array.getLength(value); i++) {
                    visitor.visit(name + i, value, field, i);
                }
            } else if (!isFinal) {
                visitor.visit(name, part, field, -1);
            } else if (isPart(value)) {
                walk(name, value, seen, visitor);
            }
        }
    }

    private static boolean isPart(Object value) {
        Class<?> type = value.getClass();
        return type.getPackage() == LocalApic.class.getPackage() && !type.isEnum() && !type.isSynthetic()
            && type != ApicWindow.class && !type.isMemberClass() && !WIRING.contains(type);
    }

    private static Map<String, Object> state(LocalApic apic) throws IllegalAccessException {
        Map<String, Object> state = new TreeMap<>();
        walk(apic, (path, owner, field, index) -> state.put(path,
            index < 0 ? field.get(owner) : Array.get(owner, index)));
        return state;
    }

    private static void change(Object owner, Field field, int index, Random random) throws IllegalAccessException {
        Object old = index < 0 ? field.get(owner) : Array.get(owner, index);
        Object changed = switch (old) {
            case Boolean value -> !value;
            case Integer value -> value ^ 1 + random.nextInt(3);
            case Long value -> value ^ 1 + random.nextLong(Long.MAX_VALUE);
            case ApicTimer.Mode _ -> ApicTimer.Mode.PERIODIC;
            default -> fail("no way to change %s: teach this test", field);
        };
        if (index < 0) {
            field.set(owner, changed);
        } else {
            Array.set(owner, index, changed);
        }
    }

    @Test
    void everyMutableFieldIsSavedAndRestored() throws IllegalAccessException {
        LocalApic original = machine.apic();
        Map<String, Object> fresh = state(original);
        Random random = new Random(SEED);
        walk(original, (_, owner, field, index) -> change(owner, field, index, random));
        Map<String, Object> changed = state(original);
        assertThat(changed).as("fields that the test knows").hasSizeGreaterThan(35);
        changed.forEach((path, value) -> assertThat(value).as(path).isNotEqualTo(fresh.get(path)));

        Recording recording = new Recording();
        original.save(recording);
        LocalApic copy = new ApicMachine(1).apic();
        copy.restore(recording);
        assertThat(state(copy)).isEqualTo(changed);
        assertThat(recording.fields).isEmpty();
    }

    @Test
    void aRestoredApicGoesOnAsTheSavedOne() {
        machine.write(ApicRegister.SPIV, 0x1FF);
        machine.write(ApicRegister.LVT_TIMER, 1 << 17 | 0x40);
        machine.write(ApicRegister.INITIAL_COUNT, 100);
        machine.raise(0x31);
        machine.clock.advance(30);
        Recording recording = new Recording();
        machine.apic().save(recording);

        ApicMachine other = new ApicMachine(1);
        other.clock.slip(30);
        int before = other.changes;
        other.apic().restore(recording);
        assertThat(other.changes).isGreaterThan(before);
        assertThat(other.apic().acknowledge()).isEqualTo(0x31);
        assertThat(other.clock.nextDeadline()).isEqualTo(machine.clock.nextDeadline());
        other.clock.advance(170);
        assertThat(other.apic().acknowledge()).isEqualTo(0x40);
    }

    @Test
    void resetGivesThePowerOnState() throws IllegalAccessException {
        accessAtRandom(new Random(SEED), false);
        machine.apic().receive(new InterruptMessage(DeliveryMode.STARTUP, 9, false, false, 0));
        machine.apic().setBase(0x1000);
        machine.apic().reset();
        assertThat(state(machine.apic())).isEqualTo(state(new ApicMachine(1).apic()));
        assertThat(machine.clock.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void peekChangesNothingAndSaysWhatReadWouldGive() throws IllegalAccessException {
        accessAtRandom(new Random(SEED), true);
    }

    private void accessAtRandom(Random random, boolean peeks) throws IllegalAccessException {
        LocalApic apic = machine.apic();
        for (int i = 0; i < RANDOM_ACCESSES; i++) {
            int offset = ApicRegister.BYTES * random.nextInt(REGISTERS_END / ApicRegister.BYTES);
            int value = random.nextInt();
            if (DeliveryMode.of(value) != DeliveryMode.SMI) {
                apic.write(offset, 4, value);
            }
            machine.clock.slip(random.nextInt(100));
            if (peeks) {
                Map<String, Object> before = state(apic);
                long peeked = apic.peek(offset, 4).orElseThrow();
                assertThat(state(apic)).isEqualTo(before);
                assertThat(apic.read(offset, 4)).as("offset %x, access %d, seed %d", offset, i, SEED)
                    .isEqualTo(peeked);
            }
        }
    }

    private static final class Recording implements StateWriter, StateReader {
        private record Saved(String name, Object value) {
        }

        private final Deque<Saved> fields = new ArrayDeque<>();

        @Override
        public void number(String field, long value) {
            fields.add(new Saved(field, value));
        }

        @Override
        public void bytes(String field, byte[] value) {
            fields.add(new Saved(field, value.clone()));
        }

        @Override
        public long number(String field) {
            return (Long) take(field);
        }

        @Override
        public byte[] bytes(String field) {
            return (byte[]) take(field);
        }

        private Object take(String field) {
            Saved next = fields.remove();
            assertThat(next.name).isEqualTo(field);
            return next.value;
        }
    }
}
