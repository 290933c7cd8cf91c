/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.interpreter;

/** How an instruction ended. */
enum Completion {
    /** It went on to the next instruction. */
    NEXT,
    /** It went to another instruction, or on, by a branch. */
    BRANCHED,
    /** It wants to be executed again. */
    REPEATS,
    /** It may have changed what decoding and events depend on. */
    BLOCK_ENDED,
    /** It caused a VM exit. */
    EXITED
}
