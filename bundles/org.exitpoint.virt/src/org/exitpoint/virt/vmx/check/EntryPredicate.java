/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.check;

/** Decides whether a check of VM entry holds. */
@FunctionalInterface
interface EntryPredicate {
    /** Whether the check holds. */
    boolean holds(EntryState entry);
}
