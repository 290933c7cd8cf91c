/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

/** A case touches memory of the runner's own: it cannot be compared. */
final class OutsideOfWindow extends RuntimeException {
    static final OutsideOfWindow INSTANCE = new OutsideOfWindow();
    private static final long serialVersionUID = 1;

    private OutsideOfWindow() {
        super("the case touches the runner's own memory", null, false, false);
    }
}
