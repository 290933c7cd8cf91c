/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import java.util.Arrays;
import java.util.List;
import org.exitpoint.arch.SegmentRegister;

/**
 * The guest-state fields that hold one segment register.
 *
 * @param selector the selector field
 * @param base the base-address field
 * @param limit the limit field
 * @param accessRights the access-rights field
 */
public record SegmentFields(VmcsField selector, VmcsField base, VmcsField limit, VmcsField accessRights) {
    private static final List<SegmentFields> ALL = Arrays.stream(SegmentRegister.values())
            .map(register -> new SegmentFields(named(register, "SELECTOR"), named(register, "BASE"),
                    named(register, "LIMIT"), named(register, "ACCESS_RIGHTS")))
            .toList();

    private static VmcsField named(SegmentRegister register, String part) {
        return VmcsField.valueOf("GUEST_" + register + "_" + part);
    }

    /**
     * The fields of a register of the guest.
     *
     * @param register ES to TR
     * @return its four fields
     */
    public static SegmentFields of(SegmentRegister register) {
        return ALL.get(register.ordinal());
    }
}
