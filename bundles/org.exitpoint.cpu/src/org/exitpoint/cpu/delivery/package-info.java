/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Delivery of exceptions and interrupts through the IDT, double faults and shutdown.
 *
 * <p>{@link org.exitpoint.cpu.delivery.EventDelivery} is the sequence that the manual's rules on nested exceptions
 * make; {@link org.exitpoint.cpu.delivery.GateEntry} delivers one event through its gate.
 */
package org.exitpoint.cpu.delivery;
