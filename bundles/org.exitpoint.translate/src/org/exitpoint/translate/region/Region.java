/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.region;

import java.util.Map;

/**
 * Compiled code.
 *
 * @param entries host addresses by position in the page
 * @param granules which 64-byte granules of the page it was made of, bit by bit
 * @param instructions guest instructions it was made of
 */
public record Region(Map<Integer, Long> entries, long granules, int instructions) {
}
