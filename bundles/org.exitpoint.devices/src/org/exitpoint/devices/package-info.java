/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The devices of the simulated PC, a package for each. A device knows its registers, a bus offset and an interrupt
 * line, not the board, the thread or its address.
 */
package org.exitpoint.devices;
