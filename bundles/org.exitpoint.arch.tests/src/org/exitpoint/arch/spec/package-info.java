/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/** Compares the tables with public machine-readable data that stands beside the checkout and is not part of it. */
package org.exitpoint.arch.spec;
