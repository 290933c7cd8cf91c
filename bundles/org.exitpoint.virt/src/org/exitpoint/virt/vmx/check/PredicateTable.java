/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.check;

import java.util.HashMap;
import java.util.Map;

import org.exitpoint.arch.vmx.EntryCheckDescriptor;

/** Collects which predicate decides which check; each must have exactly one. */
final class PredicateTable {
    private final Map<EntryCheckDescriptor, EntryPredicate> predicates = new HashMap<>();

    /** Binds a check to its predicate. */
    void bind(EntryCheckDescriptor check, EntryPredicate predicate) {
        if (predicates.put(check, predicate) != null) {
            throw new IllegalStateException("two predicates for " + check.name());
        }
    }

    /** The predicates of checks in their order. */
    EntryPredicate[] inOrderOf(EntryCheckDescriptor[] checks) {
        EntryPredicate[] ordered = new EntryPredicate[checks.length];
        for (int i = 0; i < checks.length; i++) {
            ordered[i] = predicates.remove(checks[i]);
            if (ordered[i] == null) {
                throw new IllegalStateException("no predicate for " + checks[i].name());
            }
        }
        if (!predicates.isEmpty()) {
            throw new IllegalStateException("predicates for checks that are not in the list: " + predicates.keySet());
        }
        return ordered;
    }
}
