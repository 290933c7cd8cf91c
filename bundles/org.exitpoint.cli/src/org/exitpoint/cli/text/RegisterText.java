/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.exitpoint.debug.api.inspect.RegisterGroup;
import org.exitpoint.debug.api.inspect.RegisterValue;

/** Registers as text. */
public final class RegisterText {
    private static final int PER_ROW = 4;
    /** The order that people know from other debuggers. */
    private static final List<String> GENERAL = List.of("RAX", "RBX", "RCX", "RDX", "RSI", "RDI", "RBP", "RSP", "R8",
            "R9", "R10", "R11", "R12", "R13", "R14", "R15");
    private static final List<String> WITH_WORDS = List.of("RIP", "RFLAGS", "CR0", "CR2", "CR3", "CR4", "IA32_EFER");
    private static final List<String> SEGMENTS = List.of("CS", "SS", "DS", "ES", "FS", "GS", "LDTR", "TR");

    private RegisterText() {
    }

    /** Adds the registers that are looked at first: general registers, RIP, RFLAGS and control registers. */
    public static void summary(Page page, List<RegisterGroup> groups) {
        List<RegisterValue> general = GENERAL.stream().flatMap(name -> find(groups, name).stream()).toList();
        for (int i = 0; i < general.size(); i += PER_ROW) {
            StringBuilder row = new StringBuilder(" ");
            for (RegisterValue value : general.subList(i, Math.min(i + PER_ROW, general.size()))) {
                row.append(String.format(Locale.ROOT, " %-3s %016x ", value.name(), value.value()));
            }
            page.line(row.toString());
        }
        List<List<String>> rows = new ArrayList<>();
        WITH_WORDS.forEach(name -> find(groups, name).ifPresent(value -> rows.add(row(value))));
        page.table(rows);
    }

    /** Adds all registers. */
    public static void all(Page page, List<RegisterGroup> groups) {
        summary(page, groups);
        List<List<String>> rows = new ArrayList<>();
        for (String segment : SEGMENTS) {
            find(groups, segment).ifPresent(selector -> rows.add(List.of(segment,
                    String.format(Locale.ROOT, "%04x", selector.value()),
                    text(groups, segment + ".base", "base %016x"), text(groups, segment + ".limit", "limit %08x"),
                    find(groups, segment + ".rights").map(RegisterValue::words).orElse(""))));
        }
        for (String table : List.of("GDTR", "IDTR")) {
            rows.add(List.of(table, "", text(groups, table + ".base", "base %016x"),
                    text(groups, table + ".limit", "limit %08x"), ""));
        }
        page.table(rows);
        page.table(Stream.of("XCR0", "DR0", "DR1", "DR2", "DR3", "DR6", "DR7").flatMap(name -> find(groups, name)
                .stream()).map(RegisterText::row).toList());
    }

    private static List<String> row(RegisterValue value) {
        return List.of(value.name(), String.format(Locale.ROOT, "%016x", value.value()), value.words());
    }

    private static String text(List<RegisterGroup> groups, String name, String format) {
        return find(groups, name).map(value -> String.format(Locale.ROOT, format, value.value())).orElse("");
    }

    private static Optional<RegisterValue> find(List<RegisterGroup> groups, String name) {
        return groups.stream().flatMap(group -> group.find(name).stream()).findFirst();
    }
}
