/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Lowering: bound programs to host instructions.
 *
 * <p>Guest registers stand in fixed host registers or in the state block
 * ({@link org.exitpoint.translate.lower.RegisterMap}). A temporary has a
 * {@link org.exitpoint.translate.lower.Location}, which may be a guest register, a host condition or something not
 * computed yet; {@link org.exitpoint.translate.lower.Values} moves it when its place is needed. Bits of a location
 * above its value's width are arbitrary. The guest's status flags are described, not stored
 * ({@link org.exitpoint.translate.lower.FlagState}): an exit to Java stores them, hot code does so only where another
 * region could read them. {@link org.exitpoint.translate.lower.Lowering} is the entry, with one class for each group of
 * operations behind it.
 */
package org.exitpoint.translate.lower;
