/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/** Whose state it is: the root contexts of processors and the guests that VMCSs describe. */
package org.exitpoint.debug.api.context;
