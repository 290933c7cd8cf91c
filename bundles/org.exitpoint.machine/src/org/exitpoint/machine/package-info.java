/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * What the rest of the house sees of a simulated machine: memory, bus, devices, clock, processors, stops.
 *
 * <p>Interfaces and records only. Implementations live in {@code mmu} (memory), {@code cpu} (processors),
 * {@code devices} and {@code platform} (bus, clock, machine); nothing here knows how a guest instruction runs.
 */
package org.exitpoint.machine;
