/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/** What to stop at. Breakpoints select contexts by a rule, never by an id, so that they outlive a run. */
package org.exitpoint.debug.api.breakpoint;
