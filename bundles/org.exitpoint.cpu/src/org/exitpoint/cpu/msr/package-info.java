/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Model-specific registers: which ones a processor has, what they read and which writes fault.
 * {@link org.exitpoint.cpu.msr.MsrTable} is the table; what a row does is a {@link org.exitpoint.cpu.msr.MsrPolicy}.
 */
package org.exitpoint.cpu.msr;
