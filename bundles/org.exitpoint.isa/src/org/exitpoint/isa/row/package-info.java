/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * What a row of the instruction table declares: encodings, operands, preconditions in the manual's order, flags and
 * semantics. Rows themselves stand in {@code table}.
 */
package org.exitpoint.isa.row;
