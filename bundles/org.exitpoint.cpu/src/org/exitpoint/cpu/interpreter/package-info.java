/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Engine 0: executes the intermediate representation of decoded instructions. It is the reference semantics, the single
 * stepper and the engine of cold code; clarity comes before speed.
 *
 * <p>Start reading at {@link org.exitpoint.cpu.interpreter.Interpreter}; {@code ShapeCode} is what a shape's program is
 * flattened to, {@code ProgramRunner} executes it, {@code IntegerOperations} is the arithmetic.
 */
package org.exitpoint.cpu.interpreter;
