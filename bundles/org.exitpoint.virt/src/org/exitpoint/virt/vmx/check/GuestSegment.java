/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.check;

import org.exitpoint.arch.AccessRights;
import org.exitpoint.arch.SegmentRegister;
import org.exitpoint.arch.vmx.SegmentFields;

/** A segment register in the guest-state area, as the checks look at it. */
final class GuestSegment {
    private static final int RPL = 3;
    private static final int TI = 1 << 2;

    private final SegmentFields fields;
    private final boolean alwaysUsable;
    private final boolean system;

    GuestSegment(SegmentRegister register) {
        this.fields = SegmentFields.of(register);
        this.system = register.isSystem();
        // The manual makes checks on CS and TR depend on nothing but the register itself.
        this.alwaysUsable = register == SegmentRegister.CS || register == SegmentRegister.TR;
    }

    long selector(EntryState e) {
        return e.get(fields.selector());
    }

    long rpl(EntryState e) {
        return selector(e) & RPL;
    }

    boolean isOfLocalTable(EntryState e) {
        return (selector(e) & TI) != 0;
    }

    long base(EntryState e) {
        return e.get(fields.base());
    }

    boolean hasCanonicalBase(EntryState e) {
        return e.isCanonical(fields.base());
    }

    long limit(EntryState e) {
        return e.get(fields.limit());
    }

    long rights(EntryState e) {
        return e.get(fields.accessRights());
    }

    int type(EntryState e) {
        return (int) AccessRights.TYPE.of(rights(e));
    }

    long dpl(EntryState e) {
        return AccessRights.DPL.of(rights(e));
    }

    boolean isSet(EntryState e, AccessRights bit) {
        return bit.isSet(rights(e));
    }

    /** Whether the register is one of ES to GS. */
    boolean isDataSegment() {
        return !system;
    }

    /** Whether bit 16 is 0. */
    boolean isMarkedUsable(EntryState e) {
        return !AccessRights.UNUSABLE.isSet(rights(e));
    }

    /** Whether checks on usable registers apply. */
    boolean isUsable(EntryState e) {
        return alwaysUsable || isMarkedUsable(e);
    }
}
