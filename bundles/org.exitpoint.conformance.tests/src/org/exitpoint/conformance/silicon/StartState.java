/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

/** Registers that a case starts from; reused for one case after the other. */
final class StartState {
    final long[] registers = new long[16];
    long rip;
    /** Status flags and DF; bit 1 and IF are set. */
    long rflags;
    long fsBase;
    long gsBase;
}
