/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.guests;

import java.nio.file.Files;
import java.nio.file.Path;

/** The working copy that the tests run in. */
final class Repository {

    private Repository() {
    }

    /** {@return the top directory: the nearest one above the current that has the build script of the guests} */
    static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.exists(at.resolve("releng/guests/build-guests"))) {
            at = at.getParent();
        }
        if (at == null) {
            throw new IllegalStateException("not within a working copy: " + Path.of("").toAbsolutePath());
        }
        return at;
    }

    /** {@return the directory of the bundle under test} */
    static Path bundle() {
        return root().resolve("bundles/org.exitpoint.guests");
    }
}
