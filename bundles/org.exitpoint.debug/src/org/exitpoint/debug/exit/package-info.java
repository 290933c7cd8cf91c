/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/** VM exits for people and scripts: decoding, the log, the trace file, and why an entry failed. */
package org.exitpoint.debug.exit;
