/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.step;

import java.util.List;
import org.exitpoint.arch.vmx.EntryCheckDescriptor;
import org.exitpoint.debug.context.GuestRecord;

/** Something that happened between root operation and a guest. */
public sealed interface Event {
    /** The processor. */
    int vcpu();

    /** The guest. */
    GuestRecord guest();

    /** A VM entry. */
    record Entry(int vcpu, GuestRecord guest, boolean launch) implements Event {
    }

    /** A VM exit. */
    record Exit(int vcpu, GuestRecord guest) implements Event {
    }

    /** A VM entry that failed, by a VM exit or by VMfail. */
    record EntryFailure(int vcpu, GuestRecord guest, List<? extends EntryCheckDescriptor> checks, boolean exit)
            implements Event {
    }
}
