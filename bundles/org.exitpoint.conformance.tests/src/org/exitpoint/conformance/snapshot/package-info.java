/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Snapshots of whole machines: one restored goes on as the one that was saved.
 */
package org.exitpoint.conformance.snapshot;
