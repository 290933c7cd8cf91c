/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api.breakpoint;

import java.util.Objects;
import org.exitpoint.arch.vmx.ExitFilter;

/** Something to stop at. A client adds it to a session, gets a number for it, and removes it by that. */
public sealed interface Breakpoint {
    /**
     * Whose execution it concerns.
     *
     * @return a rule; for exits and entries the guest counts
     */
    ContextSelector contexts();

    /**
     * Stops before the instruction at an address is executed.
     *
     * @param contexts where
     * @param linear the linear address, unsigned
     */
    record AtAddress(ContextSelector contexts, long linear) implements Breakpoint {
        /** Rejects missing parts. */
        public AtAddress {
            Objects.requireNonNull(contexts);
        }
    }

    /**
     * Stops after a VM exit: committed, in root operation at HOST_RIP, no host instruction executed.
     *
     * @param contexts guests that exit
     * @param filter which exits
     */
    record VmExitBreakpoint(ContextSelector contexts, ExitFilter filter) implements Breakpoint {
        /** Rejects missing parts. */
        public VmExitBreakpoint {
            Objects.requireNonNull(contexts);
            Objects.requireNonNull(filter);
        }
    }

    /**
     * Stops after any VM exit.
     *
     * @param contexts guests that exit
     */
    record AnyVmExit(ContextSelector contexts) implements Breakpoint {
        /** Rejects missing parts. */
        public AnyVmExit {
            Objects.requireNonNull(contexts);
        }
    }

    /**
     * Stops after a VM entry: guest state loaded, no event injected yet.
     *
     * @param contexts guests that are entered
     */
    record VmEntryBreakpoint(ContextSelector contexts) implements Breakpoint {
        /** Rejects missing parts. */
        public VmEntryBreakpoint {
            Objects.requireNonNull(contexts);
        }
    }

    /**
     * Stops after a VM entry that failed: with VMfail after the instruction, else as after a VM exit.
     *
     * @param contexts guests that could not be entered
     */
    record EntryFailureBreakpoint(ContextSelector contexts) implements Breakpoint {
        /** Rejects missing parts. */
        public EntryFailureBreakpoint {
            Objects.requireNonNull(contexts);
        }
    }
}
