/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Why an instruction, or the delivery of an event, could not go on: thrown by cold code, caught at the instruction
 * boundary.
 */
package org.exitpoint.cpu.interruption;
