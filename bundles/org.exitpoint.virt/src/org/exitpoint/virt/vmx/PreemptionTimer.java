/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.machine.Clock;
import org.exitpoint.virt.vmx.vmcs.Vmcs;

/**
 * The VMX-preemption timer: counts down by one whenever bit {@code shift} of the time-stamp counter changes. The
 * counter ticks with the clock's nominal time; what software adds to it does not count here, so that a deadline is a
 * time.
 */
@Sdm(section = "27.5.1", title = "VMX-Preemption Timer")
final class PreemptionTimer {
    private final Clock clock;
    private final VmxState vmx;
    private final int shift;

    PreemptionTimer(Clock clock, VmxState vmx, int shift) {
        this.clock = clock;
        this.vmx = vmx;
        this.shift = shift;
    }

    /** VM entry: starts to count from the VMCS field's value. */
    void start(Vmcs vmcs) {
        if (vmx.has(VmxControl.ACTIVATE_VMX_PREEMPTION_TIMER)) {
            long value = vmcs.get(VmcsField.VMX_PREEMPTION_TIMER_VALUE);
            vmx.timerDeadline = value == 0 ? clock.now() : (clock.now() >>> shift) + value << shift;
        }
    }

    /** VM exit: saves what is left, if the controls say so. */
    void save(Vmcs vmcs) {
        if (vmx.has(VmxControl.EXIT_SAVE_VMX_PREEMPTION_TIMER_VALUE)) {
            long left = (vmx.timerDeadline >>> shift) - (clock.now() >>> shift);
            vmcs.set(VmcsField.VMX_PREEMPTION_TIMER_VALUE, Math.max(left, 0));
        }
    }

    /** Whether it has counted down to zero. */
    boolean hasExpired() {
        return clock.now() >= vmx.timerDeadline;
    }

    /** Ticks until it has; {@link Long#MAX_VALUE} if it does not run. */
    long ticksLeft() {
        return vmx.timerDeadline == Long.MAX_VALUE ? Long.MAX_VALUE : Math.max(vmx.timerDeadline - clock.now(), 0);
    }
}
