/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Machines that execute random bytes: whatever the guest does, the machine must answer as a processor would.
 */
package org.exitpoint.conformance.random;
