/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

/**
 * A case in which engine 0 and the host processor disagree.
 *
 * @param variant what was executed
 * @param text bytes, states and what differs, to read
 */
record Difference(ShapeVariant variant, String text) {
    @Override
    public String toString() {
        return variant + "\n" + text;
    }
}
