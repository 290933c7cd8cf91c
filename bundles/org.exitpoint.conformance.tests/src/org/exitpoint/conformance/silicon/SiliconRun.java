/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.table.InstructionSet;

/** Compares all rows, each from a seed of its own so that the order and number of workers do not matter. */
final class SiliconRun {
    private static final int WORKERS = 2;
    private static final int REPORTED_OF_A_ROW = 3;

    private final Path program;
    private final Path directory;
    private final HostProcessor host;
    private final long seed;
    private final int casesOfVariant;
    private final ConcurrentLinkedQueue<Row> waiting = new ConcurrentLinkedQueue<>();
    private final List<Difference> differences = new ArrayList<>();
    private final List<String> notRun = new ArrayList<>();
    private final AtomicLong cases = new AtomicLong();
    private final AtomicInteger variants = new AtomicInteger();

    /**
     * A run of all rows.
     *
     * @param program the runner
     * @param directory for the files that are shared with it
     * @param casesOfVariant cases of each shape
     */
    SiliconRun(Path program, Path directory, long seed, int casesOfVariant) throws IOException {
        this.program = program;
        this.directory = directory;
        this.seed = seed;
        this.casesOfVariant = casesOfVariant;
        this.host = new HostProcessor(NativeRunner.output(program, "cpuid"));
        for (Row row : InstructionSet.rows()) {
            if (!row.implemented()) {
                continue;
            }
            if (row.feature() == null || host.has(row.feature())) {
                waiting.add(row);
            } else {
                notRun.add(row + ": the host has no " + row.feature());
            }
        }
    }

    /** Compares; afterwards the getters tell what came out. */
    void run() throws InterruptedException {
        try (ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
            List<Future<?>> results = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                results.add(workers.submit(this::work));
            }
            for (Future<?> result : results) {
                result.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void work() {
        try (NativeRunner runner = new NativeRunner(program, directory)) {
            if (!runner.has16Bit()) {
                noteOnce("16-bit segments: the host's kernel lets programs have none");
            }
            for (Row row = waiting.poll(); row != null; row = waiting.poll()) {
                compare(row, runner);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void noteOnce(String what) {
        synchronized (differences) {
            if (!notRun.contains(what)) {
                notRun.add(what);
            }
        }
    }

    private void compare(Row row, NativeRunner runner) throws IOException {
        List<Difference> found = new ArrayList<>();
        long rowSeed = seed ^ InstructionSet.rows().indexOf(row) * 0x9E37_79B9_7F4A_7C15L;
        try (Comparison comparison = new Comparison(rowSeed, runner, host.isAmd(), found::add)) {
            for (SiliconMode mode : SiliconMode.values()) {
                if (mode != SiliconMode.PROTECTED16 || runner.has16Bit()) {
                    compare(row, mode, comparison);
                }
            }
            comparison.finish();
            cases.addAndGet(comparison.cases());
        }
        synchronized (differences) {
            differences.addAll(found.subList(0, Math.min(found.size(), REPORTED_OF_A_ROW)));
        }
    }

    private void compare(Row row, SiliconMode mode, Comparison comparison) throws IOException {
        for (ShapeVariant variant : comparison.variants(row, mode)) {
            if (NotCompared.reason(row, variant.shape()) == null) {
                comparison.compare(variant, casesOfVariant);
                variants.incrementAndGet();
            }
        }
    }

    /** The first differences of each row. */
    List<Difference> differences() {
        return differences;
    }

    /** What could not be compared on this host, and why. */
    List<String> notRun() {
        return notRun;
    }

    /** Cases compared. */
    long cases() {
        return cases.get();
    }

    /** Shapes compared. */
    int variants() {
        return variants.get();
    }

    /** Why the host cannot compare at all, or null. */
    static String obstacle(Path program) throws IOException {
        if (!NativeRunner.isHostSuitable()) {
            return "the host is not Linux on x86-64";
        }
        if (program == null) {
            return "gcc is missing";
        }
        return NativeRunner.output(program, "cpuid").isEmpty()
            ? "the host's kernel does not let programs set the bases of FS and GS" : null;
    }
}
