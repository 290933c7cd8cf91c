/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Memory management: translation of the addresses that a processor uses, with all its caches.
 *
 * <p>{@link org.exitpoint.mmu.Mmu}, one for each virtual processor, ties together the parts: physical memory
 * ({@code memory}), paging-structure formats as data ({@code format}), the page walk ({@code walk}) and the cached
 * translations ({@code tlb}).
 */
package org.exitpoint.mmu;
