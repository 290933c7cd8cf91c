/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Machines with random content: whatever a guest does, no exception leaves the machine, a limit of steps ends it, and
 * nothing but its own memory changes.
 */
package org.exitpoint.conformance.fuzz;
