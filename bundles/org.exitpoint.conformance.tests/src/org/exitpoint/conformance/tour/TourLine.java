/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.tour;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A line that the tour printed for a VM exit, with the fields that it read by VMREAD.
 *
 * @param number the basic exit reason
 * @param name the reason's name
 * @param fields the fields by the names that the tour gives them
 */
record TourLine(int number, String name, Map<String, String> fields) {
    /** Reads {@code exit NUMBER NAME key=value ...}. */
    static TourLine parse(String line) {
        String[] words = line.split(" ");
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 3; i < words.length; i++) {
            String[] pair = words[i].split("=", 2);
            fields.put(pair[0], pair[1]);
        }
        return new TourLine(Integer.parseInt(words[1]), words[2], fields);
    }

    /** A field's value: {@code len} is decimal, the others hexadecimal. */
    OptionalLong value(String key) {
        String text = fields.get(key);
        return text == null ? OptionalLong.empty()
                : OptionalLong.of(text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16)
                        : Long.parseLong(text));
    }
}
