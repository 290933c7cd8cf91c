/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The local APIC of a processor and the way by which the APICs of a machine reach each other (SDM vol. 3, "Advanced
 * Programmable Interrupt Controller (APIC)"). It stands here and not among the devices because only its own processor
 * reaches its registers, and because the processor asks it at every instruction boundary.
 *
 * <p>Start reading at {@link org.exitpoint.cpu.apic.LocalApic}; what each register is stands in
 * {@link org.exitpoint.cpu.apic.ApicRegister}.
 */
package org.exitpoint.cpu.apic;
