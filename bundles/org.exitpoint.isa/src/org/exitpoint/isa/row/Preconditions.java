/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.row;

import org.exitpoint.arch.BitField;
import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.Cr4;
import org.exitpoint.arch.Efer;
import org.exitpoint.arch.Rflags;
import org.exitpoint.isa.ops.GuardFault;
import org.exitpoint.isa.ops.Intercept;
import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.ops.StateField;
import org.exitpoint.isa.ops.Width;

/** Preconditions that many rows share. */
public final class Preconditions {
    private Preconditions() {
    }

    /** #GP(0) unless the current privilege level is 0. */
    public static <V> void cpl0(Ops<V> o) {
        o.guard(isCpl0(o), GuardFault.GP0);
    }

    /** #UD unless the current privilege level is 0. */
    public static <V> void cpl0OrInvalid(Ops<V> o) {
        o.guard(isCpl0(o), GuardFault.UD);
    }

    /** #GP(0) with CR4.UMIP unless the current privilege level is 0. */
    public static <V> void userModePrevention(Ops<V> o) {
        o.guard(o.or(isCpl0(o), o.not(isSet(o, StateField.CR4, Cr4.UMIP))), GuardFault.GP0);
    }

    /** #UD in real-address and virtual-8086 mode. */
    public static <V> void protectedMode(Ops<V> o) {
        if (!o.longMode()) {
            V real = o.not(isSet(o, StateField.CR0, Cr0.PE));
            o.guardNot(o.or(real, isSet(o, StateField.SYSTEM_FLAGS, Rflags.VM)), GuardFault.UD);
        }
    }

    /** #UD outside VMX operation. */
    public static <V> void vmxOperation(Ops<V> o) {
        o.guardNot(o.equal(o.getField(StateField.VMX_OPERATION), o.constant(Width.I8, 0)), GuardFault.UD);
    }

    /** #UD in compatibility mode. */
    public static <V> void notCompatibilityMode(Ops<V> o) {
        if (!o.longMode()) {
            o.guardNot(isSet(o, StateField.EFER, Efer.LMA), GuardFault.UD);
        }
    }

    /** Whether the current privilege level is 0. */
    public static <V> V isCpl0(Ops<V> o) {
        return o.equal(o.getField(StateField.CPL), o.constant(Width.I8, 0));
    }

    /** Whether a bit of a 64-bit field is set. */
    public static <V> V isSet(Ops<V> o, StateField field, BitField bit) {
        V masked = o.and(o.getField(field), o.constant(Width.I64, bit.mask()));
        return o.not(o.equal(masked, o.constant(Width.I64, 0)));
    }

    /**
     * #UD unless a bit of CR4 is set.
     *
     * @param bit the bit
     */
    public record EnabledByCr4(Cr4 bit) implements Semantics {
        @Override
        public <V> void apply(Ops<V> o) {
            o.guard(isSet(o, StateField.CR4, bit), GuardFault.UD);
        }
    }

    /** An event that a hypervisor may intercept. */
    record Exits(Intercept event) implements Semantics {
        @Override
        public <V> void apply(Ops<V> o) {
            o.intercept(event, null);
        }
    }
}
