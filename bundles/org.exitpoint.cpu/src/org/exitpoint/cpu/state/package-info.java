/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The architectural state of a processor: one off-heap block that both engines work on in place.
 */
package org.exitpoint.cpu.state;
