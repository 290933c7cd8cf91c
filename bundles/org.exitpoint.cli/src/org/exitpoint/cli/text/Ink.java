/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli.text;

/**
 * Emphasis on a terminal. Everything can be read without it.
 *
 * @param enabled whether to use escape sequences
 */
public record Ink(boolean enabled) {
    private static final String ESCAPE = "\u001b[";
    private static final String END = ESCAPE + "0m";

    /**
     * Ink for an output.
     *
     * @param terminal whether it is a terminal
     * @return ink, plain if it is none, if {@code NO_COLOR} is set, or if the terminal is dumb
     */
    public static Ink of(boolean terminal) {
        String noColor = System.getenv("NO_COLOR");
        return new Ink(terminal && (noColor == null || noColor.isEmpty()) && !"dumb".equals(System.getenv("TERM")));
    }

    /** A heading. */
    public String heading(String text) {
        return paint("1", text);
    }

    /** What is most important. */
    public String strong(String text) {
        return paint("1;33", text);
    }

    /** Something new or changed. */
    public String changed(String text) {
        return paint("32", text);
    }

    /** Something that stands back. */
    public String faint(String text) {
        return paint("2", text);
    }

    private String paint(String code, String text) {
        return enabled && !text.isEmpty() ? ESCAPE + code + "m" + text + END : text;
    }
}
