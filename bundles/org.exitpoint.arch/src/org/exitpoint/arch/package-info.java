/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * The manuals as data: registers, their bits, exceptions, descriptors, CPUID bits.
 *
 * <p>Everything that depends on an architectural number (a bit, an encoding, an address) takes it from here, so that
 * the number, its name and the sentence that explains it stand in one place. The package holds no state and no policy:
 * which bits a processor model supports is decided in {@code cpu} and {@code virt}.
 */
package org.exitpoint.arch;
