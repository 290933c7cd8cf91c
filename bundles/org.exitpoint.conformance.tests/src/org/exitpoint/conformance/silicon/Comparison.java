/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

import org.exitpoint.isa.ops.Repeat;
import org.exitpoint.isa.row.Row;

/**
 * Compares rows with the host processor: for each variant of a row it makes instructions and states, runs each on
 * engine 0, then in the child process, and reports where the two disagree.
 */
final class Comparison implements AutoCloseable {
    private static final int STATES_PER_INSTRUCTION = 16;
    /** Cases of bytes that are no instruction. */
    static final int CASES_OF_INVALID = 32;
    private static final int LONGEST_REPEAT = 64;

    private final boolean amd;
    private final SplittableRandom random;
    private final ShapeEncoder encoder;
    private final StateGenerator generator;
    private final EngineSide engine;
    private final CaseBatch batch;
    private final StartState state = new StartState();
    private long cases;

    /** A comparison whose cases follow from the seed; the listener hears of each difference. */
    Comparison(long seed, NativeRunner runner, boolean amd, Consumer<Difference> listener) {
        this.amd = amd;
        this.random = new SplittableRandom(seed);
        this.encoder = new ShapeEncoder(random);
        this.generator = new StateGenerator(random);
        this.engine = new EngineSide(random);
        this.batch = new CaseBatch(runner, listener);
    }

    /** Cases that were compared. */
    long cases() {
        return cases;
    }

    /** The variants of a row in a mode. */
    List<ShapeVariant> variants(Row row, SiliconMode mode) {
        return encoder.variants(row, mode);
    }

    /** Compares at least so many cases of a variant. */
    void compare(ShapeVariant variant, int wanted) throws IOException {
        int rest = variant.isInvalid() ? Math.min(wanted, CASES_OF_INVALID) : wanted;
        boolean first = true;
        for (int left = wanted; rest > 0 && left > 0; left--) {
            Encoded encoded = encoder.encode(variant);
            engine.setCode(encoded, variant.mode());
            for (int i = 0; i < STATES_PER_INSTRUCTION; i++) {
                if (compareOne(variant, encoded, first)) {
                    rest--;
                    first = false;
                }
            }
        }
    }

    private boolean compareOne(ShapeVariant variant, Encoded encoded, boolean first) throws IOException {
        generator.fill(state, encoded, variant.mode());
        boolean repeated = variant.shape().key().repeat() != Repeat.NONE;
        boolean all = repeated && count(variant) <= LONGEST_REPEAT;
        try {
            engine.run(state, variant.mode(), all);
        } catch (OutsideOfWindow e) {
            return false;
        }
        if (ReviewedDifference.of(encoded, state, engine, amd) != null) {
            return false;
        }
        batch.add(variant, encoded, state, engine, options(encoded, first));
        cases++;
        return true;
    }

    private long count(ShapeVariant variant) {
        return state.registers[1] & variant.shape().key().addressWidth().mask();
    }

    /** A branch must find INT3 where it goes; what stays within its own bytes must be stepped. */
    private int options(Encoded encoded, boolean first) {
        long rip = engine.state().rip();
        if (engine.vector() != NativeCase.COMPLETED) {
            return 0;
        }
        long end = encoded.rip() + encoded.bytes().length;
        if (rip >= encoded.rip() && rip < end || engine.stepsOn()) {
            return NativeCase.SINGLE_STEP;
        }
        return first || rip != end ? NativeCase.BREAKPOINT : 0;
    }

    /** Compares what is still under way. */
    void finish() throws IOException {
        batch.flush();
    }

    @Override
    public void close() {
        engine.close();
    }
}
