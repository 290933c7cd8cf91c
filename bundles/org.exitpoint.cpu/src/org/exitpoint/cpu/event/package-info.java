/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Events that a processor delivers through the IDT: exceptions, interrupts, software interrupts.
 */
package org.exitpoint.cpu.event;
