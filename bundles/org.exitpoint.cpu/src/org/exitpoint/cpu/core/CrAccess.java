/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.core;

/** How software writes a control register. */
public enum CrAccess {
    /** MOV to the register. */
    MOV,
    /** CLTS. */
    CLTS,
    /** LMSW. */
    LMSW
}
