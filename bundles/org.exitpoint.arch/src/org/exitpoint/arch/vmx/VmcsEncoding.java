/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import org.exitpoint.arch.BitRange;
import org.exitpoint.arch.Sdm;

/** The bits of a VMCS component encoding: access type 0, index 9:1, type 11:10, reserved 12, width 14:13. */
@Sdm(section = "26.11.2", title = "VMREAD, VMWRITE, and Encodings of VMCS Fields")
final class VmcsEncoding {
    private static final BitRange INDEX = new BitRange(1, 9);
    private static final BitRange AREA = new BitRange(10, 11);
    private static final BitRange WIDTH = new BitRange(13, 14);
    private static final long DEFINED = 1 | INDEX.mask() | AREA.mask() | WIDTH.mask();
    private static final VmcsField.Area[] AREAS = VmcsField.Area.values();
    private static final VmcsField.Width[] WIDTHS = VmcsField.Width.values();

    private VmcsEncoding() {
    }

    static VmcsField.Width width(int encoding) {
        return WIDTHS[(int) WIDTH.extract(encoding)];
    }

    static VmcsField.Area area(int encoding) {
        return AREAS[(int) AREA.extract(encoding)];
    }

    static int index(int encoding) {
        return (int) INDEX.extract(encoding);
    }

    /** No reserved bit is 1, and the access type is "high" only for a width that has a high half. */
    static boolean isWellFormed(long encoding) {
        return (encoding & ~DEFINED) == 0 && ((encoding & 1) == 0 || width((int) encoding) == VmcsField.Width.BITS_64);
    }
}
