/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.fuzz;

/** Runs random guests, or random hypervisors,
        for longer than a build can: {@code FuzzMain [FIRST_SEED [GUESTS [STEPS_EACH [vmx]]]]}. */
public final class FuzzMain {
    private static final long STEPS = 20_000;

    private FuzzMain() {
    }

    /** Runs them; an error names the seed of the guest that is wrong, and the next ones are run all the same. */
    public static void main(String[] arguments) {
        long first = arguments.length > 0 ? Long.decode(arguments[0]) : 1;
        long guests = arguments.length > 1 ? Long.decode(arguments[1]) : 1000;
        long most = arguments.length > 2 ? Long.decode(arguments[2]) : STEPS;
        FuzzRun run = new FuzzRun(arguments.length > 3 && arguments[3].equals("vmx")
            ? (machine, seed) -> FuzzGuest.enterHypervisor(seed, machine)
            : (machine, seed) -> FuzzGuest.enter(seed, machine));
        int failures = 0;
        for (long seed = first; seed < first + guests; seed++) {
            try {
                run.guest(seed, most);
            } catch (AssertionError e) {
                failures++;
                e.printStackTrace(System.out);
            }
        }
        run.ends().forEach((end, count) -> System.out.printf("%6d %s%n", count, end));
        System.out.printf("%,d steps, %d of %d guests failed%n", run.steps(), failures, guests);
        System.exit(failures == 0 ? 0 : 1);
    }
}
