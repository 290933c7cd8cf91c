/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.exitpoint.conformance.Checkout;
import org.junit.jupiter.api.Test;

/** What every source file carries, and what none may. */
class SourceRulesTest {
    private static final String HEADER = """
            /*
             * Copyright (c) 2026 The Exitpoint authors.
             * SPDX-License-Identifier: EPL-2.0
             */
            package\u0020""";
    private static final int LINE_LENGTH = 120;

    /** Notes of unfinished work; put together from halves so that this file passes its own rule. */
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX|HA" + "CK)\\b");

    /** Hosts that packages are fetched from: a build that names one cannot be pointed elsewhere. */
    private static final Pattern REGISTRY_HOST = Pattern.compile(
            "\\b(repo1?|registry|deb|ftp|security|snapshot|archive|download|files|plugins|central|oss|s01)\\."
                    + "[a-z0-9.-]*(maven|npmjs|debian|ubuntu|eclipse|sonatype|gradle|pythonhosted)\\b"
                    + "|\\b(pypi|crates|jitpack|search\\.maven)\\.(org|io)\\b");

    /** A randomised property without a seed of its own is a different test in each run. */
    private static final Pattern PROPERTY_WITHOUT_SEED = Pattern.compile("@" + "Property\\b(?!\\([^)]*seed *=)");

    @Test
    void everyJavaFileBeginsWithTheHeader() throws IOException {
        for (Path file : javaFiles()) {
            String text = Files.readString(file);
            // In package-info.java the comment of the package stands between.
            boolean info = file.endsWith("package-info.java");
            assertThat(text).as(file.toString())
                    .startsWith(info ? HEADER.substring(0, HEADER.indexOf("package")) : HEADER);
        }
    }

    @Test
    void everyPackageOfTheProductSaysWhyItExists() {
        List<String> silent = new ArrayList<>();
        for (Path bundle : Product.bundleDirectories()) {
            for (Path file : Checkout.files(bundle)) {
                Path info = file.resolveSibling("package-info.java");
                if (isJava(file) && !Files.exists(info)) {
                    silent.add(info.toString());
                }
            }
        }
        assertThat(silent).isEmpty();
    }

    @Test
    void linesAreNotTooLongAndHoldNoTabs() throws IOException {
        assertThat(offending(javaFiles(), line -> line.length() > LINE_LENGTH || line.indexOf('\t') >= 0)).isEmpty();
    }

    @Test
    void nothingIsLeftUnfinished() throws IOException {
        assertThat(offending(textFiles(), UNFINISHED.asPredicate())).isEmpty();
    }

    @Test
    void noFileNamesARegistryHost() throws IOException {
        assertThat("https://" + "repo." + "maven.apache.org/").containsPattern(REGISTRY_HOST);
        assertThat(offending(textFiles(), REGISTRY_HOST.asPredicate())).isEmpty();
    }

    @Test
    void randomisedPropertiesHaveAFixedSeed() throws IOException {
        assertThat("@" + "Property(tries = 10)").containsPattern(PROPERTY_WITHOUT_SEED);
        assertThat("@" + "Property(tries = 10, seed = \"1\")").doesNotContainPattern(PROPERTY_WITHOUT_SEED);
        for (Path file : javaFiles()) {
            assertThat(PROPERTY_WITHOUT_SEED.matcher(Files.readString(file)).find()).as(file.toString()).isFalse();
        }
    }

    private static List<Path> javaFiles() {
        List<Path> files = Checkout.files(Checkout.root().resolve("bundles")).stream()
                .filter(SourceRulesTest::isJava).toList();
        assertThat(files).isNotEmpty();
        return files;
    }

    private static boolean isJava(Path file) {
        return file.toString().endsWith(".java");
    }

    /** All files of the checkout that are text; images of guests and the like are not. */
    private static List<Path> textFiles() throws IOException {
        List<Path> text = new ArrayList<>();
        for (Path file : Checkout.files(Checkout.root())) {
            if (isText(Files.readAllBytes(file))) {
                text.add(file);
            }
        }
        return text;
    }

    private static boolean isText(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return false;
            }
        }
        return true;
    }

    private static List<String> offending(List<Path> files, Predicate<String> rule) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                if (rule.test(lines.get(i))) {
                    found.add(Checkout.root().relativize(file) + ":" + (i + 1) + ": " + lines.get(i).strip());
                }
            }
        }
        return found;
    }
}
