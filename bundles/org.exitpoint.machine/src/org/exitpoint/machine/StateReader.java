/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.machine;

/** Gives back a component's state in the order in which a {@link StateWriter} took it. */
public interface StateReader {
    /** The number written under this name. Throws {@link IllegalStateException} if the next field is another. */
    long number(String field);

    /** The bytes written under this name. Throws {@link IllegalStateException} if the next field is another. */
    byte[] bytes(String field);
}
