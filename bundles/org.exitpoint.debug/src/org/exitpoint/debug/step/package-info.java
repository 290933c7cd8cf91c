/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/** How far the machine runs: goals of steps, breakpoints, and the loop that asks both. */
package org.exitpoint.debug.step;
