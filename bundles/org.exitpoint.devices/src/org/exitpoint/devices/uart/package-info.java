/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The serial port: what a guest prints and what is typed to it.
 */
package org.exitpoint.devices.uart;
