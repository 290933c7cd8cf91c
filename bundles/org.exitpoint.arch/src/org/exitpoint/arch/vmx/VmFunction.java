/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.BitRange;
import org.exitpoint.arch.Sdm;

/** Bits of the VM-function controls. */
@Sdm(section = "26.6.14", title = "VM-Function Controls")
public enum VmFunction implements BitField {
    EPTP_SWITCHING(0, "EPTP switching");

    private final BitRange range;
    private final String title;

    VmFunction(int bit, String title) {
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
