/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.BitRange;
import org.exitpoint.arch.Sdm;

/** Bits of the guest interruptibility state. */
@Sdm(section = "26.4.2", title = "Guest Non-Register State")
public enum Interruptibility implements BitField {
    BLOCKING_BY_STI(0, "Blocking by STI"),
    BLOCKING_BY_MOV_SS(1, "Blocking by MOV SS or POP SS"),
    BLOCKING_BY_SMI(2, "Blocking by SMI"),
    BLOCKING_BY_NMI(3, "Blocking by NMI or, with \"virtual NMIs\", virtual-NMI blocking"),
    ENCLAVE_INTERRUPTION(4, "The VM exit was incident to enclave mode");

    private final BitRange range;
    private final String title;

    Interruptibility(int bit, String title) {
        this.range = BitRange.bit(bit);
        this.title = title;
    }

    @Override
    public BitRange range() {
        return range;
    }

    @Override
    public String title() {
        return title;
    }
}
