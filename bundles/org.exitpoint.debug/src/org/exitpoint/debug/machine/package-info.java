/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/** The platform's machines behind the port of a session. */
package org.exitpoint.debug.machine;
