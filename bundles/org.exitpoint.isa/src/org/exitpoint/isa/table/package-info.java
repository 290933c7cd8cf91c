/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The rows, in the manual's groups (SDM vol. 1, chapter "Instruction Set Summary"): encoding, preconditions, flags and
 * semantics of an instruction side by side. {@link org.exitpoint.isa.table.InstructionSet} lists the groups.
 */
package org.exitpoint.isa.table;
