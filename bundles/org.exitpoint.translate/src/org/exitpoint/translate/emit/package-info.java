/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Writing x86-64 machine code: {@link org.exitpoint.translate.emit.HostAssembler} puts instructions with their operands
 * and {@link org.exitpoint.translate.emit.Label labels} into {@link org.exitpoint.translate.emit.CodeBuffer executable
 * memory}, and {@link org.exitpoint.translate.emit.HostCall} enters it. Nothing here knows of a guest.
 */
package org.exitpoint.translate.emit;
