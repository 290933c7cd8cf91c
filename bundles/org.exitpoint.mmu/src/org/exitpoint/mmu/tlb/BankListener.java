/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.tlb;

/** Hears that code reached through a bank may stand elsewhere now: an engine's jump cache for the bank is stale. */
@FunctionalInterface
public interface BankListener {
    /** An executable mapping that the bank's context uses was dropped, or the bank went to another context. */
    void executableChanged(int bank);
}
