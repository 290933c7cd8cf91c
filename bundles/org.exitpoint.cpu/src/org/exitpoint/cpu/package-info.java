/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The processor: architectural state, exceptions and interrupts, the run loop and the interpreter (engine 0), which is
 * the reference for every other engine. Virtualization is reached through a port only.
 */
package org.exitpoint.cpu;
