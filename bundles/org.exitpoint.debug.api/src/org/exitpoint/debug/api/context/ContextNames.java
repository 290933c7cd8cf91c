/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api.context;

import java.util.List;
import java.util.Optional;

/** Names of contexts, both ways. */
public interface ContextNames {
    /**
     * Finds a context by name.
     *
     * @param name such as {@code root0} or {@code guest1}, in either case
     * @return the context, or nothing if there is none now
     */
    Optional<ContextId> find(String name);

    /**
     * A context's name.
     *
     * @param id the context
     * @return its name; for a context that is not known any more, a description
     */
    String name(ContextId id);

    /**
     * The names there are.
     *
     * @return all names, for messages
     */
    List<String> names();
}
