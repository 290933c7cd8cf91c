/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/** Which contexts there are, kept up to date by what the machine reports of VM entries and exits. */
package org.exitpoint.debug.context;
