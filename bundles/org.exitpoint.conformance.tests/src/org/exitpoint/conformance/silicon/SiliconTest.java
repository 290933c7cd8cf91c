/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.exitpoint.conformance.Checkout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Every shape of every row that user mode can execute does what the host processor does. */
class SiliconTest {
    private static final long SEED = 0x5111C04;
    private static final int CASES_OF_VARIANT = 1000;
    private static final Path TABLE = Path.of("bundles/org.exitpoint.conformance.tests/docs/silicon.md");

    @TempDir
    Path directory;

    @Test
    void rowsDoWhatTheHostProcessorDoes(TestReporter reporter) throws IOException, InterruptedException {
        Path program = NativeRunner.isHostSuitable() ? NativeRunner.build(directory) : null;
        String obstacle = SiliconRun.obstacle(program);
        assumeTrue(obstacle == null, () -> "not run: " + obstacle);
        SiliconRun run = new SiliconRun(program, directory, SEED, CASES_OF_VARIANT);
        run.run();
        reporter.publishEntry("silicon", run.variants() + " shapes, " + run.cases() + " cases; not run: "
            + run.notRun());
        assertThat(run.differences()).as("seed 0x%x", SEED).isEmpty();
        assertThat(run.cases()).isGreaterThan(1_000_000);
    }

    @Test
    void theTableSaysWhatIsCompared() throws IOException {
        String table = SiliconTable.text(CASES_OF_VARIANT);
        if (Boolean.getBoolean("exitpoint.writeDocs")) {
            Files.createDirectories(Checkout.root().resolve(TABLE).getParent());
            Files.writeString(Checkout.root().resolve(TABLE), table);
        }
        assertThat(Checkout.root().resolve(TABLE)).content()
            .as("write it anew with -Dexitpoint.writeDocs=true").isEqualTo(table);
    }
}
