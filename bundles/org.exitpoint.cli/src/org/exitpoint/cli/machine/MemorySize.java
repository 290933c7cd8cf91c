/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli.machine;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.platform.memory.RamLayout;

/** Sizes of memory as people write them: {@code 512M}, {@code 4G}, {@code 65536K}. */
public final class MemorySize {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})([KMGT])(I?B)?");

    private MemorySize() {
    }

    /**
     * Reads a size.
     *
     * @param text the text
     * @return bytes
     * @throws Failure if it is no size, or none that a machine can have
     */
    public static long parse(String text) throws Failure {
        Matcher size = SIZE.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!size.matches()) {
            throw Failure.usage("\"" + text + "\" is no memory size: write a number with K, M, G or T, such as 512M");
        }
        int shift = 10 * (1 + "KMGT".indexOf(size.group(2)));
        long units = Long.parseLong(size.group(1));
        if (units > RamLayout.MOST >>> shift || units << shift < RamLayout.LEAST
                || (units << shift) % PhysicalMemory.PAGE_SIZE != 0) {
            throw Failure.usage("memory of " + text + " cannot be had: it must be 2M to 1T, a multiple of 4K");
        }
        return units << shift;
    }
}
