/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Transfers of control that change more than the instruction pointer: far jumps, calls and returns, call gates, IRET,
 * software interrupts, system calls; and the stack instructions that do not fit a row.
 *
 * <p>Each checks everything that the manual lets it check before it writes anything, and leaves through one commit.
 */
package org.exitpoint.cpu.transfer;
