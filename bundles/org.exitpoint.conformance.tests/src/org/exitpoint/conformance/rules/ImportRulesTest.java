/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who may use whom, over all compiled classes of the product. */
class ImportRulesTest {
    private static final String CLI = ImportTable.PREFIX + "cli..";
    private static final String ECLIPSE = ImportTable.PREFIX + "eclipse..";

    @Test
    void theClassesOfTheProductAreFound() {
        assertThat(Product.classes()).isNotEmpty();
    }

    @Test
    void aPackageBelongsToTheBundleWithTheLongestMatchingName() {
        assertThat(ImportTable.bundleOf("org.exitpoint.debug.api.inspect")).contains("debug.api");
        assertThat(ImportTable.bundleOf("org.exitpoint.debug.step")).contains("debug");
        assertThat(ImportTable.bundleOf("org.exitpoint.debugger")).isEmpty();
    }

    @Test
    void importsAreTransitiveAndPointUpTheTable() {
        assertThat(ImportTable.allows("cli", "arch")).isTrue();
        assertThat(ImportTable.allows("isa", "machine")).isFalse();
        assertThat(ImportTable.allows("devices", "cpu")).isFalse();
    }

    @Test
    void classesLieInTheBundleThatTheirPackageNames() {
        classes().should(lieInTheBundleOfTheirPackage()).check(Product.classes());
    }

    @Test
    void bundlesImportOnlyWhatTheirRowNames() {
        classes().should(importOnlyWhatTheRowOfTheirBundleNames()).check(Product.classes());
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("org.exitpoint.(**)").should().beFreeOfCycles().check(Product.classes());
    }

    @Test
    void onlyTheEclipsePartKnowsEclipseAndOsgi() {
        noClasses().that().resideOutsideOfPackage(ECLIPSE).should().dependOnClassesThat()
                .resideInAnyPackage("org.osgi..", "org.eclipse.core..", "org.eclipse.ui..", "org.eclipse.swt..",
                        "org.eclipse.jface..", "org.eclipse.debug..", "org.eclipse.equinox..")
                .allowEmptyShould(true).check(Product.classes());
    }

    @Test
    void onlyTheCommandEndsTheJvm() {
        noClasses().that().resideOutsideOfPackage(CLI).should().callMethod(System.class, "exit", int.class)
                .orShould().callMethod(Runtime.class, "exit", int.class)
                .orShould().callMethod(Runtime.class, "halt", int.class).check(Product.classes());
    }

    private static ArchCondition<JavaClass> lieInTheBundleOfTheirPackage() {
        return new ArchCondition<>("lie in the bundle that their package names") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Optional<String> named = ImportTable.bundleOf(type.getPackageName());
                Optional<String> actual = Product.bundleBySource(type);
                if (!named.equals(actual)) {
                    events.add(SimpleConditionEvent.violated(type,
                            type.getName() + " lies in " + actual + ", its package names " + named));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> importOnlyWhatTheRowOfTheirBundleNames() {
        return new ArchCondition<>("import only what the row of their bundle names") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String from = ImportTable.bundleOf(type.getPackageName()).orElseThrow();
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    ImportTable.bundleOf(dependency.getTargetClass().getBaseComponentType().getPackageName())
                            .filter(to -> !ImportTable.allows(from, to))
                            .ifPresent(to -> events.add(SimpleConditionEvent.violated(dependency,
                                    from + " may not import " + to + ": " + dependency.getDescription())));
                }
            }
        };
    }
}
