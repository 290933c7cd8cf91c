/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Where a board has RAM: the map that the memory, the image loader and the firmware tables all follow.
 */
package org.exitpoint.platform.memory;
