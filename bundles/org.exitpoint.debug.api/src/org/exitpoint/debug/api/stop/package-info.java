/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/** Stops: where the machine stands, why, and a snapshot of what is looked at first. */
package org.exitpoint.debug.api.stop;
