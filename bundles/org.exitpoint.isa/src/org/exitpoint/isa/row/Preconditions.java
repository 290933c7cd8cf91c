/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.row;

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
        o.guard(o.equal(o.getField(StateField.CPL), o.constant(Width.I8, 0)), GuardFault.GP0);
    }

    /** #UD outside VMX operation. */
    public static <V> void vmxOperation(Ops<V> o) {
        o.guard(o.not(o.equal(o.getField(StateField.VMX_OPERATION), o.constant(Width.I8, 0))), GuardFault.UD);
    }

    /** An event that a hypervisor may intercept. */
    record Exits(Intercept event) implements Semantics {
        @Override
        public <V> void apply(Ops<V> o) {
            o.intercept(event, null);
        }
    }
}
