/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.exitpoint.devices.exit.DebugExit;
import org.exitpoint.devices.exit.ShutdownPort;
import org.exitpoint.devices.pic.Pic8259;
import org.exitpoint.devices.pic.Pic8259Pair;
import org.exitpoint.devices.uart.Uart16550;
import org.exitpoint.machine.Device;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * "Every device implements save/restore": a field that is not saved makes a replay differ from the run. Every mutable
 * field of every device gets a value that it does not have after power-on, is saved, and must be in a restored device.
 */
class DeviceStateTest {
    private static final long SEED = 20_261_121;
    /** Accesses that reach every register of every device here, DLAB and initialization sequences included. */
    private static final int RANDOM_ACCESSES = 2_000;

    private record Sample(int registers, Supplier<Device> device) {
    }

    private static Stream<Sample> samples() {
        return Stream.of(
                new Sample(8, () -> new Uart16550("uart0", _ -> { }, _ -> { })),
                new Sample(2, () -> new Pic8259("pic0", 1 << Pic8259Pair.CASCADE, _ -> { })),
                new Sample(2, () -> new Pic8259Pair(_ -> { }).edgeLevelControl()),
                new Sample(DebugExit.PORTS, () -> new DebugExit("debug-exit", _ -> { })),
                new Sample(1, () -> new ShutdownPort("shutdown-port", () -> { })));
    }

    @TestFactory
    Stream<DynamicTest> everyMutableFieldIsSavedAndRestored() {
        return samples().map(sample -> DynamicTest.dynamicTest(sample.device.get().name(), () -> {
            Device original = sample.device.get();
            Random random = new Random(SEED);
            Map<String, Object> fresh = mutableState(original);
            for (Field field : mutableFields(original.getClass())) {
                change(field, original, random);
            }
            Map<String, Object> changed = mutableState(original);
            changed.forEach((name, value) -> assertThat(value).as(name).isNotEqualTo(fresh.get(name)));

            StateRecording recording = new StateRecording();
            original.save(recording);
            Device copy = sample.device.get();
            copy.restore(recording);

            assertThat(mutableState(copy)).isEqualTo(changed);
            assertThat(recording.isUsedUp()).isTrue();
        }));
    }

    @TestFactory
    Stream<DynamicTest> resetGivesThePowerOnState() {
        return samples().map(sample -> DynamicTest.dynamicTest(sample.device.get().name(), () -> {
            Device device = sample.device.get();
            access(device, sample.registers);
            device.reset();

            assertThat(mutableState(device)).isEqualTo(mutableState(sample.device.get()));
        }));
    }

    @TestFactory
    Stream<DynamicTest> peekChangesNothingAndSaysWhatReadWouldGive() {
        return samples().map(sample -> DynamicTest.dynamicTest(sample.device.get().name(), () -> {
            Device device = sample.device.get();
            Random random = new Random(SEED);
            for (int i = 0; i < RANDOM_ACCESSES; i++) {
                int register = random.nextInt(sample.registers);
                device.write(register, 1, random.nextInt(256));
                for (int peeked = 0; peeked < sample.registers; peeked++) {
                    Map<String, Object> before = mutableState(device);
                    long value = device.peek(peeked, 1).orElseThrow();
                    assertThat(mutableState(device)).isEqualTo(before);
                    if (peeked == register) {
                        assertThat(device.read(peeked, 1)).as("register %d after %d accesses", peeked, i)
                                .isEqualTo(value);
                    }
                }
            }
        }));
    }

    private static void access(Device device, int registers) {
        Random random = new Random(SEED);
        for (int i = 0; i < RANDOM_ACCESSES; i++) {
            device.write(random.nextInt(registers), 1, random.nextInt(256));
            device.read(random.nextInt(registers), 1);
        }
    }

    /** Fields that may change: not final, or final arrays. Wiring is final and of no array type. */
    private static List<Field> mutableFields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            boolean isStatic = Modifier.isStatic(field.getModifiers());
            boolean isFinal = Modifier.isFinal(field.getModifiers());
            if (!isStatic && (!isFinal || field.getType().isArray())) {
                field.setAccessible(true);
                fields.add(field);
            }
        }
        return fields;
    }

    private static Map<String, Object> mutableState(Device device) {
        Map<String, Object> state = new TreeMap<>();
        for (Field field : mutableFields(device.getClass())) {
            try {
                Object value = field.get(device);
                state.put(field.getName(), value instanceof byte[] bytes ? boxed(bytes) : value);
            } catch (IllegalAccessException e) {
                fail(e);
            }
        }
        return state;
    }

    private static List<Byte> boxed(byte[] bytes) {
        List<Byte> list = new ArrayList<>();
        for (byte b : bytes) {
            list.add(b);
        }
        return list;
    }

    private static void change(Field field, Device device, Random random) throws IllegalAccessException {
        Class<?> type = field.getType();
        if (type == boolean.class) {
            field.setBoolean(device, !field.getBoolean(device));
        } else if (type == int.class) {
            // Within any register's width, and never the value after power-on.
            field.setInt(device, field.getInt(device) ^ 1 + random.nextInt(3));
        } else if (type == long.class) {
            field.setLong(device, field.getLong(device) ^ 1 + random.nextLong(Long.MAX_VALUE));
        } else if (type == byte[].class && Modifier.isFinal(field.getModifiers())) {
            random.nextBytes((byte[]) field.get(device));
        } else if (type == byte[].class) {
            byte[] bytes = new byte[13];
            random.nextBytes(bytes);
            field.set(device, bytes);
        } else {
            fail("no way to change field %s of type %s: teach this test", field.getName(), type);
        }
    }
}
