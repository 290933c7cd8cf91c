/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * System instructions: control and debug registers, the time-stamp counter, TLB management, interrupts and the rest of
 * SDM vol. 1, "System Instructions", that does not concern segments.
 */
package org.exitpoint.cpu.system;
