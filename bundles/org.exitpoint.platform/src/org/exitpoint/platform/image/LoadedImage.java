/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.image;

import java.util.List;

/**
 * An image in memory.
 *
 * @param file the image, whose bytes a debugger reads symbols from
 * @param entry the physical address at which execution begins
 * @param multibootInfoAddress the physical address of the Multiboot information structure
 * @param segments what was loaded where, modules not included
 * @param boot the processor state to enter it with
 */
public record LoadedImage(ImageFile file, long entry, long multibootInfoAddress, List<Segment> segments,
        BootState boot) {
    /** Copies the list. */
    public LoadedImage {
        segments = List.copyOf(segments);
    }
}
