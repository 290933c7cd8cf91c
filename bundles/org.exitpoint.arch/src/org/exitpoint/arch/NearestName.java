/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name a user probably meant. */
public final class NearestName {
    private NearestName() {
    }

    /**
     * The name that takes the fewest single-character edits, ignoring case.
     *
     * @param typed what the user typed
     * @param names the names there are
     * @return the nearest; empty if even that differs in more than half of its characters
     */
    public static Optional<String> of(String typed, Collection<String> names) {
        String wanted = typed.toUpperCase(Locale.ROOT);
        return names.stream()
                .min(Comparator.comparingInt((String name) -> distance(wanted, name.toUpperCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> 2 * distance(wanted, name.toUpperCase(Locale.ROOT)) <= name.length());
    }

    /**
     * The suggestion as the end of an error message.
     *
     * @param typed what the user typed
     * @param names the names there are
     * @return {@code "; did you mean NAME?"}, or an empty string if nothing is near
     */
    public static String suggestion(String typed, Collection<String> names) {
        return of(typed, names).map(name -> "; did you mean " + name + "?").orElse("");
    }

    /** Levenshtein distance, one row at a time. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
