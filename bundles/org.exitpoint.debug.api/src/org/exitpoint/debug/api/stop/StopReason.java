/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api.stop;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.exitpoint.arch.vmx.InstructionError;
import org.exitpoint.debug.api.context.ContextId;
import org.exitpoint.debug.api.inspect.CheckFailure;
import org.exitpoint.debug.api.inspect.ExitInformation;

/** Why a machine stopped. */
public sealed interface StopReason {
    /**
     * The machine is loaded and has executed nothing.
     */
    record Ready() implements StopReason {
    }

    /**
     * The instruction at a breakpoint's address comes next.
     *
     * @param breakpoint the breakpoint's number
     */
    record AtBreakpoint(int breakpoint) implements StopReason {
    }

    /**
     * A VM exit: committed, in root operation at HOST_RIP, no host instruction executed.
     *
     * @param exit the exit
     */
    record VmExit(ExitInformation exit) implements StopReason {
        /** Rejects a missing exit. */
        public VmExit {
            Objects.requireNonNull(exit);
        }
    }

    /**
     * A VM entry: guest state loaded, no event injected yet.
     *
     * @param guest who was entered
     * @param launch true for VMLAUNCH, false for VMRESUME
     */
    record VmEntry(ContextId.Guest guest, boolean launch) implements StopReason {
        /** Rejects a missing guest. */
        public VmEntry {
            Objects.requireNonNull(guest);
        }
    }

    /**
     * A VM entry failed.
     *
     * @param guest who could not be entered
     * @param error the VM-instruction error of VMfailValid; empty if the failure was a VM exit
     * @param exit the VM exit; empty if the failure was VMfail
     * @param checks the checks that failed
     */
    record EntryFailure(ContextId.Guest guest, Optional<InstructionError> error, Optional<ExitInformation> exit,
            List<CheckFailure> checks) implements StopReason {
        /** Copies the list. */
        public EntryFailure {
            Objects.requireNonNull(guest);
            Objects.requireNonNull(error);
            Objects.requireNonNull(exit);
            checks = List.copyOf(checks);
        }
    }

    /** A step is done. */
    record Step() implements StopReason {
    }

    /** Somebody paused the machine. */
    record Paused() implements StopReason {
    }

    /**
     * The processor shut down: a triple fault outside any guest.
     *
     * @param cause what led to it
     */
    record Shutdown(String cause) implements StopReason {
        /** Rejects a missing cause. */
        public Shutdown {
            Objects.requireNonNull(cause);
        }
    }

    /**
     * The software reached something that this machine does not implement.
     *
     * @param what which thing
     */
    record NotImplemented(String what) implements StopReason {
        /** Rejects a missing name. */
        public NotImplemented {
            Objects.requireNonNull(what);
        }
    }

    /**
     * The software ended the run by writing to the debug-exit port.
     *
     * @param value what it wrote, zero-extended
     */
    record GuestExit(long value) implements StopReason {
    }

    /** The software switched the machine off. */
    record PowerOff() implements StopReason {
    }

    /** The number of steps that the run was allowed is used up. */
    record Limit() implements StopReason {
    }

    /** Every processor is halted and nothing will wake one. */
    record Idle() implements StopReason {
    }

    /**
     * Two machines in lock-step differ.
     *
     * @param difference the first difference
     */
    record Divergence(String difference) implements StopReason {
        /** Rejects a missing difference. */
        public Divergence {
            Objects.requireNonNull(difference);
        }
    }

    /**
     * Whether the machine can go on from here.
     *
     * @return false if the run is over
     */
    default boolean isFinal() {
        return switch (this) {
            case Shutdown _, NotImplemented _, GuestExit _, PowerOff _, Idle _, Divergence _ -> true;
            default -> false;
        };
    }
}
