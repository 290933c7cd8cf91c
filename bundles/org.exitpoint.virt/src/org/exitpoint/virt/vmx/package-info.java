/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * VT-x behind the processor's virtualization port: the VMX instructions, what exits, VM entry and VM exit. Classes are
 * named after the manual's nouns, their methods after its steps; {@link org.exitpoint.virt.vmx.Vmx} is the port's
 * implementation and hands each question to the class that knows the answer.
 */
package org.exitpoint.virt.vmx;
