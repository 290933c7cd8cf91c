/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The intermediate representation: for each shape of a row a linear list of typed operations, each value assigned once.
 *
 * <p>{@code shape} makes it from a row's semantics, {@link org.exitpoint.isa.ir.IrVerifier} proves that it is well
 * formed and restartable, engines and analyses read it.
 */
package org.exitpoint.isa.ir;
