/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The one page walk, and the translation of addresses in one or two stages that is made of it.
 *
 * <p>{@link org.exitpoint.mmu.walk.PageWalk} is the loop over the levels of one hierarchy.
 * {@link org.exitpoint.mmu.walk.AddressTranslation} runs it for a linear address, under EPT with every access to a
 * guest table translated by a second walk. The processor's translation has side effects and a cache of guest-physical
 * mappings; the debugger's probe and the walk view run the same code without them, with an observer of each entry.
 */
package org.exitpoint.mmu.walk;
