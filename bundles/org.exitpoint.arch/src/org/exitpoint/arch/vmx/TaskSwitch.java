/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import java.util.List;
import java.util.Locale;
import org.exitpoint.arch.BitField;
import org.exitpoint.arch.NamedBits;
import org.exitpoint.arch.Sdm;

/**
 * The exit qualification of task switches.
 *
 * @param selector selector of the TSS the guest attempted to switch to
 * @param source what initiated the switch
 */
@Sdm(section = "29.2.1", title = "Basic VM-Exit Information")
public record TaskSwitch(int selector, Source source) implements ExitQualification {
    private static final NamedBits SELECTOR = new NamedBits("selector", 0, 15, "Selector of the TSS");
    private static final NamedBits SOURCE =
            new NamedBits("source", 30, 31, "Initiated by (0: CALL; 1: IRET; 2: JMP; 3: task gate)");
    private static final List<BitField> FIELDS = List.of(SELECTOR, SOURCE);
    private static final Source[] SOURCES = Source.values();

    /** What initiates task switches, in the order of the numbers. */
    public enum Source {
        /** A CALL instruction. */
        CALL,
        /** An IRET instruction. */
        IRET,
        /** A JMP instruction. */
        JMP,
        /** A task gate in the IDT. */
        TASK_GATE
    }

    static TaskSwitch decode(long value) {
        return new TaskSwitch((int) SELECTOR.of(value), SOURCES[(int) SOURCE.of(value)]);
    }

    @Override
    public long encode() {
        return SELECTOR.encode(selector) | SOURCE.encode(source.ordinal());
    }

    @Override
    public List<BitField> fields() {
        return FIELDS;
    }

    @Override
    public String inWords() {
        return String.format(Locale.ROOT, "to TSS 0x%04x by %s", selector,
                source == Source.TASK_GATE ? "a task gate in the IDT" : source.name());
    }
}
