/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The run loop: which processor runs how long, and what happens between two instructions.
 *
 * <p>{@link org.exitpoint.cpu.run.RunLoop} shares time among processors and keeps the clock,
 * {@link org.exitpoint.cpu.run.Slice} runs one of them for a number of steps,
 * {@link org.exitpoint.cpu.run.InstructionBoundary} is the manual's table of priorities among concurrent events.
 */
package org.exitpoint.cpu.run;
