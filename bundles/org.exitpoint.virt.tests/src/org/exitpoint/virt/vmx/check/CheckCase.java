/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.check;

import java.util.ArrayList;
import java.util.List;

import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.mmu.memory.FlatPhysicalMemory;
import org.exitpoint.virt.vmx.vmcs.Vmcs;

/**
 * A check with a state that satisfies it and one that does not, as words: {@code +CONTROL}, {@code -CONTROL},
 * {@code FIELD=hex}, and {@code [address]=hex} for eight bytes of memory.
 *
 * @param check the check's name
 * @param setup what both states have
 * @param good what satisfies the check
 * @param bad what does not
 */
record CheckCase(String check, String setup, String good, String bad) {
    /** Reads lines of four columns, separated by {@code |}; lines without a name go on with the name before. */
    static List<CheckCase> parse(String text) {
        List<CheckCase> cases = new ArrayList<>();
        String name = null;
        for (String line : text.lines().toList()) {
            String[] columns = line.split("\\|", -1);
            name = columns[0].isBlank() ? name : columns[0].strip();
            cases.add(new CheckCase(name, columns[1].strip(), columns[2].strip(), columns[3].strip()));
        }
        return cases;
    }

    static void apply(String words, Vmcs vmcs, FlatPhysicalMemory memory) {
        for (String word : words.isEmpty() ? new String[0] : words.split("\\s+")) {
            if (word.startsWith("+") || word.startsWith("-")) {
                control(vmcs, VmxControl.valueOf(word.substring(1)), word.startsWith("+"));
                continue;
            }
            String[] sides = word.split("=");
            long value = Long.parseUnsignedLong(sides[1], 16);
            if (sides[0].startsWith("[")) {
                memory.write(Long.parseLong(sides[0].substring(1, sides[0].length() - 1), 16), 8, value);
            } else {
                vmcs.set(VmcsField.valueOf(sides[0]), value);
            }
        }
    }

    private static void control(Vmcs vmcs, VmxControl control, boolean set) {
        VmcsField field = control.word().field();
        long old = vmcs.get(field);
        vmcs.set(field, set ? old | control.mask() : old & ~control.mask());
        if (set) {
            switch (control.word()) {
                case SECONDARY -> control(vmcs, VmxControl.ACTIVATE_SECONDARY_CONTROLS, true);
                case TERTIARY -> control(vmcs, VmxControl.ACTIVATE_TERTIARY_CONTROLS, true);
                case SECONDARY_EXIT -> control(vmcs, VmxControl.EXIT_ACTIVATE_SECONDARY_CONTROLS, true);
                default -> {
                }
            }
        }
    }

    @Override
    public String toString() {
        return check + " " + bad;
    }
}
