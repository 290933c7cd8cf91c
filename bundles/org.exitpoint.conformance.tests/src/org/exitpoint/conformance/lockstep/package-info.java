/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/** Two machines side by side, one of each engine: that they agree, and that a disagreement would be found. */
package org.exitpoint.conformance.lockstep;
