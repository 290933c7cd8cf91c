/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.core;

/** The model-specific registers as RDMSR and WRMSR see them, without privilege checks and interception. */
public interface ModelSpecificRegisters {
    /** Reads a register; raises #GP(0) if there is none at that address. */
    long read(int address);

    /** Writes a register; raises #GP(0) if there is none, if it is read-only, or if the value is not allowed. */
    void write(int address, long value);
}
