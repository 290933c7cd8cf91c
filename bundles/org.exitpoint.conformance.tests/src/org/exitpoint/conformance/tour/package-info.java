/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/** The sample hypervisors through the command line, as a user runs them, and through the debugger's façade. */
package org.exitpoint.conformance.tour;
