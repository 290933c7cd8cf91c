/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.ops;

/** The fault that a guard raises when its condition does not hold. */
public enum GuardFault {
    /** Divide error. */
    DE,
    /** Invalid opcode. */
    UD,
    /** Device not available. */
    NM,
    /** General protection, error code 0. */
    GP0
}
