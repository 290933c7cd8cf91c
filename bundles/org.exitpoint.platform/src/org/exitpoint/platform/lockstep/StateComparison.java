/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.lockstep;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.platform.snapshot.SnapshotWriter;

/** Finds the first difference of what guests can observe in two machines that should be in the same state. */
final class StateComparison {
    private static final int WORD = 8;

    private StateComparison() {
    }

    /** The first difference of two processors, in words; empty if there is none. */
    static Optional<String> processors(Core reference, Core subject) {
        GuestState a = reference.state();
        GuestState b = subject.state();
        for (int offset = 0; offset < GuestState.ARCHITECTURAL_END; offset += WORD) {
            if (!isFlagsTuple(offset) && a.get(offset) != b.get(offset)) {
                return Optional.of(words(nameOf(offset), a.get(offset), b.get(offset)));
            }
        }
        if (a.rflags() != b.rflags()) {
            return Optional.of(words("RFLAGS", a.rflags(), b.rflags()));
        }
        return Arrays.equals(translations(reference), translations(subject)) ? Optional.empty()
            : Optional.of("the architectural TLBs hold different translations");
    }

    /** Status flags have several forms as a tuple; they are compared as EFLAGS. */
    private static boolean isFlagsTuple(int offset) {
        return offset >= GuestState.FLAGS_RESULT && offset < GuestState.SYSTEM_FLAGS;
    }

    private static String nameOf(int offset) {
        if (offset < GuestState.RIP) {
            return GeneralRegister.values()[(offset - GuestState.REGISTERS) / WORD].name();
        }
        return switch (offset) {
            case GuestState.RIP -> "RIP";
            case GuestState.SYSTEM_FLAGS -> "RFLAGS without the status flags";
            case GuestState.CR0 -> "CR0";
            case GuestState.CR2 -> "CR2";
            case GuestState.CR3 -> "CR3";
            case GuestState.CR4 -> "CR4";
            case GuestState.EFER -> "IA32_EFER";
            default -> "processor state at offset 0x%x".formatted(offset);
        };
    }

    private static byte[] translations(Core core) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SnapshotWriter writer = new SnapshotWriter(bytes);
        writer.component("tlb");
        core.mmu().save(writer);
        return bytes.toByteArray();
    }

    /** The first difference of the pages that either machine wrote since they were last compared. */
    static Optional<String> memories(PhysicalMemory a, PhysicalMemory b) {
        byte[] left = new byte[PhysicalMemory.PAGE_SIZE];
        byte[] right = new byte[PhysicalMemory.PAGE_SIZE];
        long[] pages = union(a.dirtyPages(), b.dirtyPages());
        for (long page : pages) {
            long address = page << PhysicalMemory.PAGE_SHIFT;
            a.read(address, left, 0, left.length);
            b.read(address, right, 0, right.length);
            int at = Arrays.mismatch(left, right);
            if (at >= 0) {
                return Optional.of(words("the byte at physical address 0x%x".formatted(address + at),
                    left[at] & 0xFF, right[at] & 0xFF));
            }
        }
        return Optional.empty();
    }

    private static long[] union(long[] a, long[] b) {
        long[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return Arrays.stream(both).sorted().distinct().toArray();
    }

    private static String words(String what, long reference, long subject) {
        return "%s is 0x%x with the interpreter and 0x%x with the translator".formatted(what, reference, subject);
    }
}
