/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Assumptions;

/**
 * A mapping in one of the specification's YAML files, read by a parser for the subset that these files use: block
 * mappings and sequences, one-line scalars, and the first line of block scalars.
 *
 * @param scalars keys with a one-line value
 * @param children mappings in the sequences under the mapping's keys, in order
 */
record SpecNode(Map<String, String> scalars, List<SpecNode> children) {
    private static final String DIRECTORY = "spec/ia32-doc/yaml/Intel";

    /** Reads a file, or aborts the test if the specification is not there. */
    static List<SpecNode> read(String file) {
        Path directory = directory();
        Assumptions.assumeTrue(directory != null,
                "not run: no directory " + DIRECTORY + " beside the checkout (set -Dexitpoint.shared)");
        try {
            return new Parser(Files.readAllLines(directory.resolve(file))).parse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path directory() {
        String configured = System.getProperty("exitpoint.shared");
        if (configured != null) {
            Path directory = Path.of(configured, DIRECTORY);
            return Files.isDirectory(directory) ? directory : null;
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path directory = at.resolveSibling("shared").resolve(DIRECTORY);
            if (Files.isDirectory(directory)) {
                return directory;
            }
        }
        return null;
    }

    /** The name that identifies the node: its short name is an abbreviation, so it comes last. */
    String name() {
        return scalars.getOrDefault("name", scalars.getOrDefault("long_name", scalars.getOrDefault("short_name", "")));
    }

    /** The abbreviation if there is one. */
    String shortName() {
        return scalars.getOrDefault("short_name", name());
    }

    boolean has(String key) {
        return scalars.containsKey(key);
    }

    long number(String key) {
        return Long.decode(scalars.get(key));
    }

    /** Visits all nodes below, depth first, with the names of the nodes above them. */
    static void walk(List<SpecNode> nodes, String path, BiConsumer<String, SpecNode> visitor) {
        for (SpecNode node : nodes) {
            visitor.accept(path, node);
            walk(node.children, path + "/" + node.name(), visitor);
        }
    }

    /** Finds the first node with a name. */
    static SpecNode find(List<SpecNode> nodes, String name) {
        List<SpecNode> found = new ArrayList<>();
        walk(nodes, "", (path, node) -> {
            if (node.name().equals(name)) {
                found.add(node);
            }
        });
        if (found.isEmpty()) {
            throw new AssertionError("the specification has no node " + name);
        }
        return found.getFirst();
    }

    private static final class Parser {
        private final List<String> lines = new ArrayList<>();
        private int at;

        Parser(List<String> source) {
            for (String line : source) {
                if (!line.isBlank() && !line.strip().startsWith("#")) {
                    lines.add(line.stripTrailing());
                }
            }
        }

        List<SpecNode> parse() {
            List<SpecNode> nodes = sequence(0);
            if (at != lines.size()) {
                throw new AssertionError("unexpected line in the specification: " + lines.get(at));
            }
            return nodes;
        }

        private static int indent(String line) {
            return line.length() - line.stripLeading().length();
        }

        private boolean isItem(int indent) {
            return at < lines.size() && indent(lines.get(at)) == indent && lines.get(at).startsWith("- ", indent);
        }

        private List<SpecNode> sequence(int indent) {
            List<SpecNode> nodes = new ArrayList<>();
            while (isItem(indent)) {
                String rest = lines.get(at).substring(indent + 2);
                int inner = indent + 2 + indent(rest);
                if (rest.matches("\\s*[a-z_]+:(\\s.*)?")) {
                    lines.set(at, " ".repeat(inner) + rest.strip());
                    nodes.add(mapping(inner));
                } else {
                    skipDeeper(indent);
                }
            }
            return nodes;
        }

        private SpecNode mapping(int indent) {
            Map<String, String> scalars = new LinkedHashMap<>();
            List<SpecNode> children = new ArrayList<>();
            while (at < lines.size() && indent(lines.get(at)) == indent && !isItem(indent)) {
                String line = lines.get(at).strip();
                int colon = line.indexOf(':');
                String value = line.substring(colon + 1).replaceFirst("\\s#.*$", "").strip();
                if (value.isEmpty()) {
                    at++;
                    int next = at < lines.size() ? indent(lines.get(at)) : -1;
                    if (next >= indent && isItem(next)) {
                        children.addAll(sequence(next));
                    } else {
                        at--;
                        skipDeeper(indent);
                    }
                } else {
                    boolean block = value.equals("|") && indent(lines.get(at + 1)) > indent;
                    scalars.put(line.substring(0, colon),
                            block ? lines.get(at + 1).strip() : value.replaceAll("^'|'$", ""));
                    skipDeeper(indent);
                }
            }
            return new SpecNode(scalars, children);
        }

        /** Skips the current line and what belongs to it. */
        private void skipDeeper(int indent) {
            at++;
            while (at < lines.size() && indent(lines.get(at)) > indent) {
                at++;
            }
        }
    }
}
