/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.rules;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.exitpoint.conformance.Checkout;

/**
 * The classes and bundles of the product, without tests.
 *
 * <p>Compiled classes lie in {@code target/classes} of each bundle, or, when an IDE or a quick runner compiles
 * everything at once, in one directory together with the tests. Tests are fragments and share the product's packages:
 * what tells the product's classes from theirs is where the source file lies.
 */
final class Product {
    private static final JavaClasses CLASSES = importClasses();

    private Product() {
    }

    /** All classes of the product that are compiled. */
    static JavaClasses classes() {
        return CLASSES;
    }

    /** The directories of the product's bundles, in the order of their names. */
    static List<Path> bundleDirectories() {
        try (Stream<Path> all = Files.list(Checkout.root().resolve("bundles"))) {
            return all.filter(dir -> Files.exists(dir.resolve("META-INF/MANIFEST.MF")))
                    .filter(dir -> !dir.getFileName().toString().endsWith(".tests")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bundle, without prefix, whose directory holds the source file of a class; empty for tests. */
    static Optional<String> bundleBySource(JavaClass type) {
        String file = type.getPackageName().replace('.', '/') + "/"
                + type.getSource().flatMap(Source::getFileName).orElse("?");
        return bundleDirectories().stream().filter(dir -> Files.exists(dir.resolve("src").resolve(file)))
                .map(dir -> dir.getFileName().toString().substring(ImportTable.PREFIX.length())).findFirst();
    }

    private static JavaClasses importClasses() {
        ImportOption own = location -> location.contains("/org/exitpoint/");
        JavaClasses all = new ClassFileImporter().withImportOption(own).importPaths(classDirectories());
        return all.that(DescribedPredicate.describe("are of the product",
                type -> bundleBySource(type).isPresent()));
    }

    private static List<Path> classDirectories() {
        if (System.getProperty("exitpoint.root") == null) {
            return List.of(directoryOfThisClass());
        }
        return bundleDirectories().stream().map(dir -> dir.resolve("target/classes")).filter(Files::isDirectory)
                .toList();
    }

    private static Path directoryOfThisClass() {
        try {
            return Path.of(Product.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
