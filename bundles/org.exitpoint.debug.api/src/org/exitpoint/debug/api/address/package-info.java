/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/** Addresses that say whose they are, and the one grammar in which they are written. */
package org.exitpoint.debug.api.address;
