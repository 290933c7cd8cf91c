/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Virtual-machine extensions as data: the VMCS and its fields, controls, exit reasons and what they carry, the checks
 * of VM entry, and the key space that breakpoints, statistics and filters share.
 *
 * <p>Formats are described once and both ways: the processor encodes with what the debugger decodes with. Predicates of
 * the entry checks are not here: {@code virt} binds one to each named check.
 */
package org.exitpoint.arch.vmx;
