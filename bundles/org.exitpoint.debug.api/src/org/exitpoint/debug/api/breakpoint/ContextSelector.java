/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api.breakpoint;

import java.util.Locale;

/** Which contexts a breakpoint concerns. */
public sealed interface ContextSelector {
    /** Every context. */
    record Any() implements ContextSelector {
        @Override
        public boolean selects(String name) {
            return true;
        }
    }

    /** Every processor outside guests. */
    record AnyRoot() implements ContextSelector {
        @Override
        public boolean selects(String name) {
            return name.startsWith("root");
        }
    }

    /** Every guest. */
    record AnyGuest() implements ContextSelector {
        @Override
        public boolean selects(String name) {
            return name.startsWith("guest");
        }
    }

    /**
     * A context by its name.
     *
     * @param name such as {@code guest1}, in lower case; no such context needs to exist yet
     */
    record Named(String name) implements ContextSelector {
        /** Brings the name into lower case. */
        public Named {
            name = name.toLowerCase(Locale.ROOT);
        }

        @Override
        public boolean selects(String other) {
            return name.equals(other);
        }
    }

    /**
     * Whether a context is selected.
     *
     * @param name the context's name
     * @return true if so
     */
    boolean selects(String name);
}
