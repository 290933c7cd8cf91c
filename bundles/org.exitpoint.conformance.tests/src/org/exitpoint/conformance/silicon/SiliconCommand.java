/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The long comparison: as many cases as one has time for. */
public final class SiliconCommand {
    private static final int USAGE = 2;
    private static final int CASES_OF_VARIANT_AND_ROUND = 200;

    private SiliconCommand() {
    }

    /**
     * Compares until it has run that many cases.
     *
     * @param arguments number of cases, and optionally the seed
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 1 || arguments.length > 2) {
            System.err.println("usage: silicon CASES [SEED]");
            System.exit(USAGE);
        }
        long cases = Long.parseLong(arguments[0]);
        long seed = arguments.length > 1 ? Long.decode(arguments[1]) : System.nanoTime();
        Path directory = Files.createTempDirectory("silicon");
        int differences = 0;
        try {
            differences = compare(cases, seed, directory);
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
        System.exit(differences == 0 ? 0 : 1);
    }

    private static int compare(long cases, long seed, Path directory) throws IOException, InterruptedException {
        Path program = NativeRunner.isHostSuitable() ? NativeRunner.build(directory) : null;
        String obstacle = SiliconRun.obstacle(program);
        if (obstacle != null) {
            System.err.println("not run: " + obstacle);
            return 0;
        }
        long done = 0;
        int differences = 0;
        for (long round = 0; done < cases; round++) {
            SiliconRun run = new SiliconRun(program, directory, seed + round, CASES_OF_VARIANT_AND_ROUND);
            run.run();
            done += run.cases();
            differences += run.differences().size();
            run.differences().forEach(System.out::println);
            System.out.printf("seed 0x%x: %d shapes, %d cases so far, %d differences; not run: %s%n", seed + round,
                run.variants(), done, differences, run.notRun());
        }
        return differences;
    }
}
