/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/** The table of helper bodies: which method of which package does the work of each {@code Helper}. */
package org.exitpoint.cpu.helper;
