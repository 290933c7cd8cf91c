/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.core;

import org.exitpoint.isa.shape.Instruction;

/**
 * The body of a {@link org.exitpoint.isa.ops.Helper}, written once for both engines.
 *
 * <p>The state's instruction pointer is that of the instruction itself; a body that transfers sets it. A body raises
 * faults as {@link org.exitpoint.cpu.interruption.Interruption}s before it has written anything. When a VM exit was
 * done on its behalf, {@link Core#exited()} was called and its result is ignored.
 */
@FunctionalInterface
public interface HelperBody {
    /** Runs the helper; arguments beyond those it declares are 0. Gives the result, or 0 where there is none. */
    long run(Core core, Instruction instruction, long first, long second, long third);
}
