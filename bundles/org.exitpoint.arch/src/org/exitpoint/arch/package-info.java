/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The manuals as data: registers, control and model-specific registers, CPUID bits, VMCS fields, VMX controls, exit
 * reasons, with citations. Every fact of the manuals that a table can hold stands here once; the bundle imports nothing,
 * so that the processor, the debugger and the documentation can all derive from it.
 */
package org.exitpoint.arch;
