/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The board's address decoding: which device answers at which port or physical address.
 */
package org.exitpoint.platform.bus;
