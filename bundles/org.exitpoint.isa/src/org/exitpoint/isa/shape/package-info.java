/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Shapes: an encoding with everything fixed that does not differ from instruction to instruction (sizes, register or
 * memory form, prefixes), and the program that the row's semantics yields for it. Per instruction only slots are bound.
 */
package org.exitpoint.isa.shape;
