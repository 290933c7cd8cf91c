/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import java.util.List;

/**
 * What the manual says of a check of VM entry.
 *
 * @param section the section that lists it
 * @param rule one sentence: what must hold
 * @param remedy one sentence, addressed to the author of the hypervisor: what would make it hold
 * @param reads the fields that it looks at, those it is about first; empty for checks on entries of the MSR-load list
 */
public record EntryCheckText(EntryCheckSection section, String rule, String remedy, List<VmcsField> reads) {
    /** Copies the list. */
    public EntryCheckText {
        reads = List.copyOf(reads);
    }
}
