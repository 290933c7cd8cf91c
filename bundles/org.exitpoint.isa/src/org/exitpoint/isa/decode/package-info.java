/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The decoder: from bytes to bound shapes, driven by the rows' encodings.
 */
package org.exitpoint.isa.decode;
