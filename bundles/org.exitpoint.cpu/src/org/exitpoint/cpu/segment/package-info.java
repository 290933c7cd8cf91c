/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
/**
 * Segmentation: selectors, descriptor tables and the loading of segment registers with all its checks.
 *
 * <p>{@link org.exitpoint.cpu.segment.DescriptorTables} finds descriptors,
 * {@link org.exitpoint.cpu.segment.StackSegments} and {@link org.exitpoint.cpu.segment.CodeSegments} hold the checks
 * that instructions and event delivery share, the other classes are the instructions.
 */
package org.exitpoint.cpu.segment;
