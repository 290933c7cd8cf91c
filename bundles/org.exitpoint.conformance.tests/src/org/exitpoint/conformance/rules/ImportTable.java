/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.rules;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which bundle may import which. Names are those of bundles without the prefix {@value #PREFIX}; the order is that of
 * the house, and imports point up it, so that the bundles cannot form a cycle. Imports are transitive.
 */
final class ImportTable {
    /** What the names of all bundles and of their packages begin with. */
    static final String PREFIX = "org.exitpoint.";

    private static final List<String> MACHINE =
            List.of("arch", "isa", "machine", "mmu", "cpu", "translate", "virt", "devices");

    private static final Map<String, Set<String>> DIRECT = new LinkedHashMap<>();

    static {
        row("arch");
        row("isa", "arch");
        row("machine", "arch");
        row("mmu", "arch", "machine");
        row("cpu", "isa", "mmu", "machine");
        row("translate", "isa", "mmu", "cpu");
        row("virt", "cpu", "mmu", "machine");
        row("devices", "machine", "mmu");
        row("platform", MACHINE.toArray(String[]::new));
        row("debug.api", "arch");
        row("debug", "debug.api", "platform");
        DIRECT.get("debug").addAll(MACHINE);
        row("debug.remote", "debug.api");
        row("debug.server", "debug", "debug.remote");
        row("debug.rsp", "debug.api");
        row("debug.dap", "debug.api");
        row("cli", "debug", "debug.server");
        row("guests");
        row("eclipse.core", "debug.api", "debug.remote");
        row("eclipse.ui", "eclipse.core", "debug.api");
    }

    private ImportTable() {
    }

    private static void row(String bundle, String... imports) {
        for (String imported : imports) {
            if (!DIRECT.containsKey(imported)) {
                throw new IllegalStateException(bundle + " imports " + imported + ", which does not stand above it");
            }
        }
        DIRECT.put(bundle, new LinkedHashSet<>(List.of(imports)));
    }

    /** All bundles of the design, whether they exist yet or not. */
    static Set<String> bundles() {
        return DIRECT.keySet();
    }

    /** The imports that the row of {@code bundle} names. */
    static Set<String> direct(String bundle) {
        return DIRECT.get(bundle);
    }

    /** Whether code of {@code from} may use code of {@code to}, directly or through what it imports. */
    static boolean allows(String from, String to) {
        return from.equals(to) || DIRECT.get(from).stream().anyMatch(imported -> allows(imported, to));
    }

    /** The bundle that a package belongs to: the one whose name is the longest beginning of the package's. */
    static Optional<String> bundleOf(String packageName) {
        return DIRECT.keySet().stream()
                .filter(bundle -> (packageName + ".").startsWith(PREFIX + bundle + "."))
                .max((a, b) -> Integer.compare(a.length(), b.length()));
    }
}
