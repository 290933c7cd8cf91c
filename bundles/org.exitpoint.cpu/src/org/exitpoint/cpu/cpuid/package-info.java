/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * What CPUID says: processor models as data.
 *
 * <p>A model reports only what the machine implements ({@link org.exitpoint.cpu.cpuid.ImplementedFeatures}): a guest
 * that asks first is never led to an instruction that stops the machine. Control-register bits and MSRs follow the same
 * answers by way of {@link org.exitpoint.cpu.core.ProcessorFeatures}.
 */
package org.exitpoint.cpu.cpuid;
