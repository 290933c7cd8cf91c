/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.engine;

/** Told by an engine what physical memory it holds decoded or translated code of. */
@FunctionalInterface
public interface CodeListener {
    /**
     * Bytes {@code [address, address + bytes)}, within one page, were decoded: stores to them must be reported.
     *
     * @return whether they will be; if not, as outside RAM, what was decoded must not be kept
     */
    boolean decoded(long address, int bytes);
}
