/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli.text;

import java.util.ArrayList;
import java.util.List;

/** Lines of text being put together. Long texts wrap at {@value #WIDTH} columns, with what follows indented. */
public final class Page {
    /** The widest line that wrapping leaves, unless a single word is longer. */
    public static final int WIDTH = 100;

    private final Ink ink;
    private final StringBuilder text = new StringBuilder();

    /** An empty page. */
    public Page(Ink ink) {
        this.ink = ink;
    }

    /** The emphasis to use. */
    public Ink ink() {
        return ink;
    }

    /** Adds a line as it is. */
    public Page line(String line) {
        text.append(line.stripTrailing()).append('\n');
        return this;
    }

    /** Adds an empty line. */
    public Page gap() {
        text.append('\n');
        return this;
    }

    /** Adds a heading after an empty line. */
    public Page heading(String heading) {
        return gap().line(ink.heading(heading));
    }

    /** Adds a label and text beside it, which wraps. */
    public Page entry(String label, int column, String value) {
        String start = "  " + label;
        String pad = " ".repeat(Math.max(1, column - start.length()));
        List<String> lines = wrap(value, WIDTH - column);
        line(start + pad + lines.getFirst());
        lines.stream().skip(1).forEach(rest -> line(" ".repeat(column) + rest));
        return this;
    }

    /** Breaks a text into lines between words. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** Adds rows of cells in columns as wide as their widest cell; the last column wraps. */
    public Page table(List<List<String>> rows) {
        if (rows.isEmpty()) {
            return this;
        }
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns - 1; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder start = new StringBuilder();
            for (int i = 0; i < columns - 1; i++) {
                start.append(i == 0 ? "" : "  ").append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length()));
            }
            entry(start.toString(), start.length() + 4, row.get(columns - 1));
        }
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** Bytes given as hexadecimal digits, apart. */
    static String spaced(String hex) {
        return hex.replaceAll("(..)(?!$)", "$1 ");
    }

    /** A number as people write it. */
    static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
