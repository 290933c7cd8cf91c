/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.step;

/** Where a run is to end, apart from breakpoints and what ends every run. */
interface Goal {
    /** What an event means for a run. */
    enum Verdict {
        /** Nothing. */
        GO_ON,
        /** From here on the run goes step by step again. */
        LOOK,
        /** The step is done. */
        STEP_DONE,
        /** The run ends at the event. */
        STOP
    }

    /** Whether the run goes step by step and {@link #isReached} is asked after each. */
    boolean isStepwise();

    /** Hears of an event. */
    Verdict consider(Event event);

    /**
     * Whether the run ends here.
     *
     * @param vcpu the processor whose turn the last step was
     */
    boolean isReached(int vcpu);

    /** Ends at nothing. */
    Goal NONE = new Goal() {
        @Override
        public boolean isStepwise() {
            return false;
        }

        @Override
        public Verdict consider(Event event) {
            return Verdict.GO_ON;
        }

        @Override
        public boolean isReached(int vcpu) {
            return false;
        }
    };
}
