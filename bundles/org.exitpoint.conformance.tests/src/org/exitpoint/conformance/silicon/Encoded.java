/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

import org.exitpoint.isa.shape.Instruction;

/**
 * An instruction in the code page.
 *
 * @param bytes its bytes
 * @param rip its offset in the code segment
 * @param instruction what it decodes to
 */
record Encoded(byte[] bytes, long rip, Instruction instruction) {
}
