/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The vocabulary of instruction semantics: what an instruction may do to a machine, whatever a value is.
 *
 * <p>A row's semantics is one generic method over {@link org.exitpoint.isa.ops.Ops}. Everything that loops or branches
 * on data is a named {@link org.exitpoint.isa.ops.Helper}; everything a hypervisor may intercept is a named
 * {@link org.exitpoint.isa.ops.Intercept}.
 */
package org.exitpoint.isa.ops;
