/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.lower;

/** Hands out numbers for exits. */
@FunctionalInterface
public interface Exits {
    /** The number by which emitted code names an exit. */
    int number(Exit exit);
}
