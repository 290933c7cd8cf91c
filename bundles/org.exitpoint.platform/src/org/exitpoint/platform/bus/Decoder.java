/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.bus;

/** Finds who claims an address of one address space. */
sealed interface Decoder permits PortDecoder, MemoryDecoder {
    /** The mapping that holds the address, or null if nobody claims it. */
    Mapping at(long address);
}
