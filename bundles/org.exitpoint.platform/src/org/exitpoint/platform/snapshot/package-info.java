/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Machine states as bytes: named fields in a fixed order, so that a state of another version or board is refused by
 * name instead of being misread.
 */
package org.exitpoint.platform.snapshot;
