/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.behaviour;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.machine.HostMemory;
import org.exitpoint.machine.Machine;
import org.exitpoint.machine.StateWriter;
import org.exitpoint.machine.Stop;

/**
 * How a run ended.
 *
 * @param stop why
 * @param steps steps taken
 * @param now the machine's time
 * @param registers general registers
 * @param rip instruction pointer
 * @param rflags EFLAGS
 * @param rest the rest of the processor's state
 * @param translations what its TLB holds
 * @param memory memory, from 0 on
 */
record Outcome(String stop, long steps, long now, List<Long> registers, long rip, long rflags, String rest,
        String translations, Contents memory) {

    /** Bytes that are compared as such. */
    record Contents(byte[] bytes) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Contents contents && Arrays.equals(bytes, contents.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return bytes.length + " bytes";
        }
    }

    /** An exception or interrupt that the recorder met. */
    record Event(int vector, long error, long rip, int cs, long rflags, long rsp, int ss, long cr2) {
    }

    /** What a machine has come to. */
    static Outcome of(Machine machine, Stop stop) {
        Core core = (Core) machine.processors().getFirst();
        GuestState state = core.state();
        List<Long> registers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            registers.add(state.register(i));
        }
        byte[] rest = new byte[GuestState.ARCHITECTURAL_END - GuestState.SYSTEM_FLAGS];
        HostMemory.segment(state.address() + GuestState.SYSTEM_FLAGS, rest.length).asByteBuffer().get(rest);
        StringBuilder translations = new StringBuilder();
        core.mmu().save(new TextWriter(translations));
        byte[] memory = new byte[(int) World.MEMORY];
        machine.memory().read(0, memory, 0, memory.length);
        return new Outcome(stop.toString(), machine.clock().steps(), machine.clock().now(), registers, state.rip(),
            state.rflags(), HexFormat.of().formatHex(rest), translations.toString(), new Contents(memory));
    }

    private record TextWriter(StringBuilder text) implements StateWriter {
        @Override
        public void number(String name, long value) {
            text.append(name).append('=').append(value).append(' ');
        }

        @Override
        public void bytes(String name, byte[] value) {
            text.append(name).append('=').append(HexFormat.of().formatHex(value)).append(' ');
        }
    }

    /** The events that the recorder met. */
    List<Event> events() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < word(World.LOG); i++) {
            long at = World.RECORDS + (long) i * World.RECORD;
            events.add(new Event((int) word(at), word(at + 8), word(at + 16), (int) word(at + 24), word(at + 32),
                word(at + 40), (int) word(at + 48), word(at + 56)));
        }
        return events;
    }

    /** 8 bytes of memory. */
    long word(long address) {
        long value = 0;
        for (int i = 7; i >= 0; i--) {
            value = value << 8 | memory.bytes[(int) address + i] & 0xFF;
        }
        return value;
    }

    /** A general register. */
    long register(int number) {
        return registers.get(number);
    }

    /** Whether the program came to its end. */
    boolean ended() {
        return stop.startsWith("GuestExit");
    }

    /** What is not the same in another outcome, in words. */
    String difference(Outcome other) {
        if (!toString().equals(other.toString())) {
            return "%s%nbut%n%s".formatted(this, other);
        }
        int at = Arrays.mismatch(memory.bytes, other.memory.bytes);
        return "the byte at 0x%x is 0x%02x but 0x%02x".formatted(at, memory.bytes[at], other.memory.bytes[at]);
    }
}
