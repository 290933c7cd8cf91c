/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.ops;

/** Repeat prefix of a string instruction. */
public enum Repeat {
    /** None. */
    NONE,
    /** F3: REP, or REPE for CMPS and SCAS. */
    REP,
    /** F2: REPNE for CMPS and SCAS, as REP for the others. */
    REPNE
}
