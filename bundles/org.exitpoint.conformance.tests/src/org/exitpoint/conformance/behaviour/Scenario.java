/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.behaviour;

import java.util.function.Consumer;

import org.exitpoint.machine.Machine;
import org.exitpoint.machine.Stop;

/**
 * A small guest: boot code that enters 64-bit mode with descriptor tables, a recorder of exceptions and interrupts,
 * and the first 4 MB mapped one to one; then the program of a test, which ends with OUT to port F4h.
 *
 * <p>Each {@link #run} is done three times: at one go, and in slices of a few steps, of which two lengths are tried.
 * State, memory and TLB must be the same at the end.
 */
final class Scenario {
    /** More than any program here needs. */
    private static final long LIMIT = 200_000;
    private static final int[] SLICES = {1, 7};

    private final GuestImage image = new GuestImage();
    private final Code code = new Code(World.CODE);
    private long cr4 = 1 << 5;
    private long efer = 1 << 8;

    Scenario() {
        new WorldImage(image).write();
    }

    /** Bits of CR4 besides PAE. */
    Scenario cr4(long bits) {
        cr4 |= bits;
        return this;
    }

    /** Bits of IA32_EFER besides LME. */
    Scenario efer(long bits) {
        efer |= bits;
        return this;
    }

    /** Puts 8 bytes in memory before the start. */
    Scenario put(long address, long value) {
        image.put64(address, value);
        return this;
    }

    /** Puts code in memory before the start. */
    Scenario put(Code more, long address) {
        image.put(address, more.bytes());
        return this;
    }

    /** Puts bytes in memory before the start. */
    Scenario putBytes(long address, String hex) {
        image.put(address, new Code(address).hex(hex).bytes());
        return this;
    }

    /** Sets the entry of a page of the first 4 MB. */
    Scenario map(long linear, long entry) {
        return put(World.entry(linear), entry);
    }

    /** Makes an interrupt gate of level 3 of a vector. */
    Scenario gate(int vector, long target, int ist) {
        new WorldImage(image).gate(vector, target, ist, 3);
        return this;
    }

    /** The program. */
    Scenario code(Consumer<Code> program) {
        program.accept(code);
        return this;
    }

    /** The address of a label of the program. */
    long at(String label) {
        return code.address(label);
    }

    /** Runs the program to its end, three times. */
    Outcome run(EngineUnderTest engine) {
        byte[] file = file();
        Outcome whole = run(engine, file, LIMIT);
        for (int slice : SLICES) {
            Outcome sliced = run(engine, file, slice);
            if (!sliced.equals(whole)) {
                throw new AssertionError("in slices of %d steps: %s".formatted(slice, whole.difference(sliced)));
            }
        }
        return whole;
    }

    /** The image, for tests that make their own machine. */
    byte[] file() {
        image.put(World.BOOT, WorldImage.boot(cr4, efer).bytes());
        image.put(World.CODE, code.bytes());
        return image.file(World.BOOT);
    }

    private static Outcome run(EngineUnderTest engine, byte[] file, long slice) {
        try (Machine machine = engine.machine(file, World.MEMORY)) {
            Stop stop = new Stop.Limit();
            while (stop instanceof Stop.Limit && machine.clock().steps() < LIMIT) {
                stop = machine.run(slice);
            }
            return Outcome.of(machine, stop);
        }
    }
}
