/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The debugger façade over a machine in the same JVM: stepping, breakpoints and inspection, none of which changes what
 * the guest sees.
 */
package org.exitpoint.debug;
