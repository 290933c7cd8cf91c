/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Cached translations: the architectural TLB, which is part of the guest's state, and the fast TLB, which is not.
 *
 * <p>The architectural TLB keeps what the guest's accesses put there until an operation that
 * {@link org.exitpoint.mmu.tlb.InvalidationRule} lists removes it: software that forgets to invalidate sees stale
 * translations, on every run at the same step. The fast TLB is a subset in a shape for translated code; it hears of
 * every mapping that the architectural TLB drops and may drop anything at any time, with no effect on the guest.
 *
 * <p>Paging-structure caches are not modelled: the manual allows a processor to have none.
 */
package org.exitpoint.mmu.tlb;
