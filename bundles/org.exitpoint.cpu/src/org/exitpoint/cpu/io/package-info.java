/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/** Input and output: port permissions and the I/O instructions. */
package org.exitpoint.cpu.io;
