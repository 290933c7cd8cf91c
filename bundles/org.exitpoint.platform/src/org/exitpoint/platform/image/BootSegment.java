/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.image;

/**
 * A segment register as an image finds it.
 *
 * @param selector the visible part
 * @param base the segment's base
 * @param limit the segment's limit in bytes, inclusive
 * @param accessRights type in bits 3:0, S in 4, DPL in 6:5, P in 7, AVL in 12, L in 13, D/B in 14, G in 15
 */
public record BootSegment(int selector, long base, long limit, int accessRights) {
    /** A flat 32-bit code segment: execute/read, accessed. */
    public static final BootSegment FLAT_CODE = new BootSegment(0x08, 0, 0xFFFF_FFFFL, 0xC09B);
    /** A flat 32-bit data segment: read/write, accessed. */
    public static final BootSegment FLAT_DATA = new BootSegment(0x10, 0, 0xFFFF_FFFFL, 0xC093);
}
