/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the sources under test lie: as system properties of the build say, else the working directory. */
public final class Checkout {
    private static final Path ROOT = Path.of(System.getProperty("exitpoint.root", System.getProperty("user.dir")))
            .toAbsolutePath().normalize();

    private Checkout() {
    }

    /** The top directory of the checkout. */
    public static Path root() {
        return ROOT;
    }

    /** The directory of public specifications beside the checkout; it may be absent. */
    public static Path shared() {
        String named = System.getProperty("exitpoint.shared");
        return (named == null ? ROOT.resolveSibling("shared") : Path.of(named)).toAbsolutePath().normalize();
    }

    /**
     * The regular files below {@code dir}, build output and version control left out, in a fixed order.
     *
     * @throws UncheckedIOException if a directory cannot be read
     */
    public static List<Path> files(Path dir) {
        try (Stream<Path> all = Files.walk(dir)) {
            return all.filter(Files::isRegularFile).filter(file -> !isOutput(dir.relativize(file))).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOutput(Path relative) {
        for (Path part : relative) {
            switch (part.toString()) {
                case ".git", "target", "bin", ".settings", ".jqwik-database" -> {
                    return true;
                }
                default -> {
                }
            }
        }
        return false;
    }
}
