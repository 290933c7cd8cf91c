/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.ir;

import org.exitpoint.isa.ops.Width;

/**
 * A value of the intermediate representation.
 *
 * @param id position among the values of its program, from 0
 * @param width its width
 */
public record Value(int id, Width width) {
}
