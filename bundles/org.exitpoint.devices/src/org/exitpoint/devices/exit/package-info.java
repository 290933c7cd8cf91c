/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Ways for a guest to end the simulation with a result: ports that no PC has, but that test suites agree on.
 */
package org.exitpoint.devices.exit;
