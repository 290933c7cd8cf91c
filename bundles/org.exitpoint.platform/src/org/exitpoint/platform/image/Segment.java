/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.image;

import org.exitpoint.platform.memory.AddressRange;

/**
 * A part of an image that goes to one place in memory.
 *
 * @param what what the image calls it, for messages, such as {@code segment 1}
 * @param linear the address that the image's code was linked for, which differs from the physical one in kernels that
 *     turn paging on themselves
 * @param addresses where it stands in physical memory
 * @param fileOffset where its content begins in the file
 * @param fileBytes how much of it is in the file, not more than its size; the rest is zero
 */
public record Segment(String what, long linear, AddressRange addresses, int fileOffset, int fileBytes) {
}
