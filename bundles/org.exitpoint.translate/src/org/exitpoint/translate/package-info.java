/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Engine 1: regions of guest instructions translated to machine code of the host from the same intermediate
 * representation that the interpreter executes.
 *
 * <p>{@link org.exitpoint.translate.Translator} is the engine: it looks up code for the guest's instruction pointer,
 * has it compiled once it is hot ({@code translate.region}, over {@code translate.bind} and {@code translate.lower},
 * written with {@code translate.emit}), enters it, and deals with the reasons for which it comes back. Emitted code
 * works on the state block and on guest memory in place; it never touches a device, never faults the host and calls
 * nothing. Whatever it cannot do it leaves to the interpreter, one instruction at a time, with the state exact.
 *
 * <p>While emitted code runs, R15 has the state block's address, R13 and R14 are free for the code of one instruction,
 * and the guest's registers are where {@link org.exitpoint.translate.lower.RegisterMap} says.
 */
package org.exitpoint.translate;
