/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.exitpoint.conformance.Checkout;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** The manifests say what the table says. */
class ManifestRulesTest {
    /** A comma between entries, not one between the quotation marks of a version range. */
    private static final Pattern ENTRY_END = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

    @TestFactory
    Stream<DynamicTest> bundlesRequireWhatTheirRowNamesAndExportItOn() {
        return perBundle(dir -> {
            String bundle = shortName(dir);
            assertThat(ImportTable.bundles()).contains(bundle);
            Set<String> existing = Product.bundleDirectories().stream().map(ManifestRulesTest::shortName)
                    .collect(Collectors.toSet());
            List<String> expected = ImportTable.direct(bundle).stream().filter(existing::contains)
                    .map(imported -> ImportTable.PREFIX + imported + ";visibility:=reexport").toList();
            assertThat(entries(manifest(dir), "Require-Bundle"))
                    .filteredOn(entry -> entry.startsWith(ImportTable.PREFIX))
                    .containsExactlyInAnyOrderElementsOf(expected);
        });
    }

    @TestFactory
    Stream<DynamicTest> exportedPackagesExistAndAreSorted() {
        return perBundle(dir -> {
            List<String> exported = entries(manifest(dir), "Export-Package").stream()
                    .map(entry -> entry.replaceFirst(";.*", "")).toList();
            assertThat(exported).isNotEmpty().isSorted()
                    .allSatisfy(name -> assertThat(dir.resolve("src/" + name.replace('.', '/'))).isDirectory());
        });
    }

    @Test
    void bundlesAreNamedAsTheirDirectoriesAndShareOneVersion() throws IOException {
        List<Path> all = new ArrayList<>(Product.bundleDirectories());
        all.addAll(testDirectories());
        for (Path dir : all) {
            Attributes manifest = manifest(dir);
            String name = dir.getFileName().toString();
            assertThat(manifest.getValue("Bundle-SymbolicName")).isEqualTo(name);
            assertThat(manifest.getValue("Automatic-Module-Name")).isEqualTo(name);
            assertThat(manifest.getValue("Bundle-Version")).as(name)
                    .isEqualTo(manifest(all.getFirst()).getValue("Bundle-Version"));
        }
    }

    @Test
    void testBundlesAreFragmentsOfTheBundleBesideThem() throws IOException {
        for (Path dir : testDirectories()) {
            String host = dir.getFileName().toString().replaceFirst("\\.tests$", "");
            if (Files.exists(dir.resolveSibling(host))) {
                assertThat(manifest(dir).getValue("Fragment-Host")).isEqualTo(host);
            }
        }
    }

    private static Stream<DynamicTest> perBundle(ThrowingConsumer<Path> check) {
        return DynamicTest.stream(Product.bundleDirectories().stream(), dir -> dir.getFileName().toString(), check);
    }

    private static List<Path> testDirectories() throws IOException {
        try (Stream<Path> all = Files.list(Checkout.root().resolve("bundles"))) {
            return all.filter(dir -> dir.getFileName().toString().endsWith(".tests"))
                    .filter(dir -> Files.exists(dir.resolve("META-INF/MANIFEST.MF"))).sorted().toList();
        }
    }

    private static String shortName(Path dir) {
        return dir.getFileName().toString().substring(ImportTable.PREFIX.length());
    }

    private static List<String> entries(Attributes manifest, String header) {
        String value = manifest.getValue(header);
        return value == null ? List.of() : Stream.of(ENTRY_END.split(value)).map(String::strip).toList();
    }

    private static Attributes manifest(Path dir) throws IOException {
        try (InputStream in = Files.newInputStream(dir.resolve("META-INF/MANIFEST.MF"))) {
            return new Manifest(in).getMainAttributes();
        }
    }
}
