/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The instruction set: one row per instruction, from which everything else derives.
 *
 * <p>{@code ops} is the vocabulary that semantics are written in, {@code ir} the linear program it yields, {@code row}
 * what a row declares, {@code table} the rows in the manual's groups, {@code decode} the decoder and the shapes. There
 * is no machine state here.
 */
package org.exitpoint.isa;
