/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.exitpoint.debug.api.context.ContextId;
import org.exitpoint.debug.api.context.ContextNames;

/** The names root0 and guest1. */
final class TwoContexts implements ContextNames {
    /** The guest. */
    static final ContextId.Guest GUEST = new ContextId.Guest(0x5000, 0);

    @Override
    public Optional<ContextId> find(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "root0" -> Optional.of(new ContextId.Root(0));
            case "guest1" -> Optional.of(GUEST);
            default -> Optional.empty();
        };
    }

    @Override
    public String name(ContextId id) {
        return id instanceof ContextId.Root ? "root0" : "guest1";
    }

    @Override
    public List<String> names() {
        return List.of("root0", "guest1");
    }
}
