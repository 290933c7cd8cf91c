/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/** The machine as a session needs it: whoever provides these interfaces can be debugged. */
package org.exitpoint.debug.port;
