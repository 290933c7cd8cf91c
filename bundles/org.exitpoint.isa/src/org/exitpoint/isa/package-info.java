/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * One row per instruction: encodings, text, preconditions in the manual's order, flags and semantics, written over an
 * abstract value. Decoder, disassembler and both engines are readers of the same rows. No machine state lives here.
 */
package org.exitpoint.isa;
