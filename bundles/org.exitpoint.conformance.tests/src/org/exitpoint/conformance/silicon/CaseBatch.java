/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

import org.exitpoint.cpu.state.GuestState;

/** Cases that engine 0 has run, on their way to the host processor. */
final class CaseBatch {
    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED;
    private static final int MAX_CASES = 4096;
    private static final int MAX_CASE_SIZE = NativeCase.FIRST_SLOT + WindowMemory.MAX_SLOTS * NativeCase.SLOT_SIZE;
    private static final int FS = GuestState.segment(4) + GuestState.SEGMENT_BASE;
    private static final int GS = GuestState.segment(5) + GuestState.SEGMENT_BASE;

    private final NativeRunner runner;
    private final Consumer<Difference> listener;
    private final MemorySegment exchange;
    private final MemorySegment start;
    private final MemorySegment expected;
    private final List<ShapeVariant> variants = new ArrayList<>();
    private final List<Long> offsets = new ArrayList<>();
    private long end = NativeCase.HEADER_SIZE;

    CaseBatch(NativeRunner runner, Consumer<Difference> listener) {
        this.runner = runner;
        this.listener = listener;
        this.exchange = runner.exchange();
        this.start = MemorySegment.ofArray(new byte[(int) exchange.byteSize()]);
        this.expected = MemorySegment.ofArray(new byte[(int) exchange.byteSize()]);
    }

    /** Adds a case that the engine has just run; sends the batch off when it is full. */
    void add(ShapeVariant variant, Encoded encoded, StartState state, EngineSide engine, int options)
            throws IOException {
        writeStart(variant.mode(), encoded, state, engine.memory(), options);
        MemorySegment.copy(start, end, exchange, end, size(engine.memory()));
        writeExpected(engine);
        variants.add(variant);
        offsets.add(end);
        end += size(engine.memory());
        if (variants.size() == MAX_CASES || end + MAX_CASE_SIZE > exchange.byteSize()) {
            flush();
        }
    }

    private static long size(WindowMemory memory) {
        return NativeCase.FIRST_SLOT + (long) memory.slots() * NativeCase.SLOT_SIZE;
    }

    private void writeStart(SiliconMode mode, Encoded encoded, StartState state, WindowMemory memory, int options) {
        MemorySegment.copy(state.registers, 0, start, I64, end + NativeCase.REGISTERS, 16);
        start.set(I64, end + NativeCase.RIP, state.rip);
        start.set(I64, end + NativeCase.RFLAGS, state.rflags);
        start.set(I64, end + NativeCase.FS_BASE, state.fsBase);
        start.set(I64, end + NativeCase.GS_BASE, state.gsBase);
        start.set(I32, end + NativeCase.MODE, mode.ordinal());
        start.set(I32, end + NativeCase.OPTIONS, options);
        MemorySegment.copy(encoded.bytes(), 0, start, ValueLayout.JAVA_BYTE, end + NativeCase.CODE,
            encoded.bytes().length);
        start.set(I32, end + NativeCase.CODE_LENGTH, encoded.bytes().length);
        start.set(I32, end + NativeCase.SLOTS, memory.slots());
        start.set(I64, end + NativeCase.NUMBER, variants.size());
        writeMemory(start, memory, memory.before());
    }

    private void writeMemory(MemorySegment to, WindowMemory memory, byte[] content) {
        for (int i = 0; i < memory.slots(); i++) {
            long slot = end + NativeCase.FIRST_SLOT + (long) i * NativeCase.SLOT_SIZE;
            to.set(I64, slot, memory.address(i));
            MemorySegment.copy(content, i * NativeCase.SLOT_BYTES, to, ValueLayout.JAVA_BYTE, slot + 8,
                NativeCase.SLOT_BYTES);
        }
    }

    private void writeExpected(EngineSide engine) {
        GuestState state = engine.state();
        for (int i = 0; i < 16; i++) {
            expected.set(I64, end + NativeCase.REGISTERS + 8L * i, state.register(i));
        }
        expected.set(I64, end + NativeCase.RIP, state.rip());
        expected.set(I64, end + NativeCase.RFLAGS, state.rflags());
        expected.set(I64, end + NativeCase.FS_BASE, state.get(FS));
        expected.set(I64, end + NativeCase.GS_BASE, state.get(GS));
        expected.set(I64, end + NativeCase.VECTOR, engine.vector());
        expected.set(I64, end + NativeCase.ERROR_CODE, engine.errorCode());
        expected.set(I64, end + NativeCase.CR2, engine.faultAddress());
        writeMemory(expected, engine.memory(), engine.memory().now());
    }

    /** Runs what is there on the host processor and compares. */
    void flush() throws IOException {
        if (variants.isEmpty()) {
            return;
        }
        runner.run(variants.size());
        for (int i = 0; i < variants.size(); i++) {
            compare(i);
        }
        if (exchange.get(I64, NativeCase.STRAY_ADDRESS) != 0) {
            findStray();
        }
        variants.clear();
        offsets.clear();
        end = NativeCase.HEADER_SIZE;
    }

    /** Runs the batch again, to say which case stores where engine 0 does not. */
    private void findStray() throws IOException {
        MemorySegment.copy(start, NativeCase.HEADER_SIZE, exchange, NativeCase.HEADER_SIZE,
            end - NativeCase.HEADER_SIZE);
        exchange.set(I32, 0, 1);
        runner.run(variants.size());
        exchange.set(I32, 0, 0);
        int number = (int) exchange.get(I64, NativeCase.STRAY_CASE);
        listener.accept(new Difference(variants.get(number), describe(number)
            + "  host stores at %x%n".formatted(exchange.get(I64, NativeCase.STRAY_ADDRESS))));
    }

    private void compare(int number) {
        ShapeVariant variant = variants.get(number);
        long at = offsets.get(number);
        long vector = expected.get(I64, at + NativeCase.VECTOR);
        long faultAddress = expected.get(I64, at + NativeCase.CR2);
        StringBuilder text = null;
        for (int i = 0; i < ComparisonMask.NUMBERS; i++) {
            long ours = expected.get(I64, at + 8L * i);
            long hosts = exchange.get(I64, at + 8L * i);
            if (ours != hosts) {
                long mask = ComparisonMask.of(i, variant, vector, faultAddress);
                if (((ours ^ hosts) & mask) != 0) {
                    text = text == null ? new StringBuilder() : text;
                    text.append("  %s: %x, host %x%n".formatted(ComparisonMask.nameOf(i), ours, hosts));
                }
            }
        }
        int slots = start.get(I32, at + NativeCase.SLOTS);
        for (int i = 0; i < slots; i++) {
            long slot = at + NativeCase.FIRST_SLOT + (long) i * NativeCase.SLOT_SIZE;
            if (MemorySegment.mismatch(expected, slot, slot + NativeCase.SLOT_SIZE, exchange, slot,
                slot + NativeCase.SLOT_SIZE) >= 0) {
                text = text == null ? new StringBuilder() : text;
                text.append("  memory: %s%n    host: %s%n".formatted(slot(expected, slot), slot(exchange, slot)));
            }
        }
        if (text != null) {
            listener.accept(new Difference(variant, describe(number) + text));
        }
    }

    private static String slot(MemorySegment from, long slot) {
        byte[] bytes = from.asSlice(slot + 8, NativeCase.SLOT_BYTES).toArray(ValueLayout.JAVA_BYTE);
        return "%x: %s".formatted(from.get(I64, slot), HexFormat.of().formatHex(bytes));
    }

    private String describe(int number) {
        long at = offsets.get(number);
        int length = start.get(I32, at + NativeCase.CODE_LENGTH);
        byte[] code = start.asSlice(at + NativeCase.CODE, length).toArray(ValueLayout.JAVA_BYTE);
        StringBuilder text = new StringBuilder("  ").append(HexFormat.ofDelimiter(" ").formatHex(code));
        for (int i = 0; i < ComparisonMask.NUMBERS - 3; i++) {
            text.append(i % 8 == 0 ? "\n   " : "")
                .append(" %s=%x".formatted(ComparisonMask.nameOf(i), start.get(I64, at + 8L * i)));
        }
        for (int i = 0; i < start.get(I32, at + NativeCase.SLOTS); i++) {
            text.append("\n    ").append(slot(start, at + NativeCase.FIRST_SLOT + (long) i * NativeCase.SLOT_SIZE));
        }
        return text.append('\n').toString();
    }
}
