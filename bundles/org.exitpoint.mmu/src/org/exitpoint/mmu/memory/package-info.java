/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Host-physical memory of the simulated machine, reserved one to one in the host's address space.
 *
 * <p>Translated code addresses guest RAM as {@code base + physical}, so the whole physical span, holes included, is one
 * reservation of which only RAM pages are accessible. The flag byte of each page, and for code pages the granules that
 * hold code, stand off-heap beside it, where engines can test them.
 */
package org.exitpoint.mmu.memory;
