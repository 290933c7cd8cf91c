/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.check;

import java.util.ArrayList;
import java.util.List;

import org.exitpoint.arch.vmx.ControlCheck;
import org.exitpoint.arch.vmx.EntryCheckDescriptor;
import org.exitpoint.arch.vmx.GuestStateCheck;
import org.exitpoint.arch.vmx.HostStateCheck;

/**
 * Runs the checks of VM entry in the order of their list. Those on entries of the MSR-load list are not among them:
 * they happen while the list is loaded.
 */
public final class EntryChecker {
    private static final EntryCheckDescriptor[] CHECKS = checks();
    private static final EntryPredicate[] PREDICATES = predicates();

    private static EntryCheckDescriptor[] checks() {
        List<EntryCheckDescriptor> all = new ArrayList<>(List.of(ControlCheck.values()));
        all.addAll(List.of(HostStateCheck.values()));
        all.addAll(List.of(GuestStateCheck.values()));
        return all.toArray(EntryCheckDescriptor[]::new);
    }

    private static EntryPredicate[] predicates() {
        PredicateTable table = new PredicateTable();
        ExecutionControlChecks.bind(table);
        ExitControlChecks.bind(table);
        EntryControlChecks.bind(table);
        HostChecks.bind(table);
        GuestRegisterChecks.bind(table);
        GuestSegmentChecks.bind(table);
        GuestDescriptorTableChecks.bind(table);
        GuestRipRflagsChecks.bind(table);
        GuestNonRegisterChecks.bind(table);
        GuestPdpteChecks.bind(table);
        return table.inOrderOf(CHECKS);
    }

    /** All checks that are run, in order. */
    public List<EntryCheckDescriptor> list() {
        return List.of(CHECKS);
    }

    /** The first check that fails, or null if the entry may go on. Allocates nothing. */
    public EntryCheckDescriptor firstFailure(EntryState entry) {
        for (int i = 0; i < PREDICATES.length; i++) {
            if (!PREDICATES[i].holds(entry)) {
                return CHECKS[i];
            }
        }
        return null;
    }

    /** All checks that fail, in order. */
    public List<EntryCheckDescriptor> failures(EntryState entry) {
        List<EntryCheckDescriptor> failures = new ArrayList<>();
        for (int i = 0; i < PREDICATES.length; i++) {
            if (!PREDICATES[i].holds(entry)) {
                failures.add(CHECKS[i]);
            }
        }
        return failures;
    }

    /** All checks that fail, with the values of the fields that they read. */
    public List<CheckFailure> explain(EntryState entry) {
        return failures(entry).stream()
                .map(check -> new CheckFailure(check, check.reads().stream()
                        .map(field -> new CheckFailure.Value(field, entry.get(field))).toList()))
                .toList();
    }
}
