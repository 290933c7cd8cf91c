/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Paging-structure formats as data: levels, index bits, entry size, and which bits of an entry mean what.
 *
 * <p>One loop, {@code org.exitpoint.mmu.walk.PageWalk}, walks them all. A format gives the permissions of every kind of
 * table in the same six bits ({@link org.exitpoint.mmu.format.Permission}), so that permissions along a walk, and those
 * of the two walks of a nested translation, combine by AND.
 */
package org.exitpoint.mmu.format;
