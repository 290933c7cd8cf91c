/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.row;

import java.util.ArrayList;
import java.util.List;

import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.isa.ops.Flag;
import org.exitpoint.isa.ops.Intercept;
import org.exitpoint.isa.ops.Ops;

/**
 * One instruction: everything that is known of it, said once.
 *
 * @param mnemonic upper case, as in the manual
 * @param title what it does, as the manual's heading says
 * @param encodings its encodings
 * @param feature CPUID feature without which the processor does not know it, or null. Its bytes then mean what they
 *        mean without the row: another row, or an invalid opcode
 * @param preconditions what is checked before anything else, in the manual's order
 * @param flagsWritten status flags that it may write, undefined ones included, as a mask of EFLAGS
 * @param flagsUndefined status flags that the manual leaves undefined after it, as a mask of EFLAGS
 * @param lockable whether a LOCK prefix is allowed when its first operand is in memory
 * @param repeatable whether repeat prefixes make forms of their own
 * @param implemented whether the machine implements it; if not, executing it stops the machine
 * @param semantics what it does
 */
public record Row(String mnemonic, String title, List<Encoding> encodings, CpuidFeature feature,
        List<Semantics> preconditions, int flagsWritten, int flagsUndefined, boolean lockable,
        boolean repeatable, boolean implemented, Semantics semantics) {

    /** Starts a row. */
    public static Builder row(String mnemonic, String title) {
        return new Builder(mnemonic, title);
    }

    @Override
    public String toString() {
        return mnemonic;
    }

    /** Collects what a row declares. */
    public static final class Builder {
        private final String mnemonic;
        private final String title;
        private final List<Encoding> encodings = new ArrayList<>();
        private final List<Semantics> preconditions = new ArrayList<>();
        private CpuidFeature feature;
        private int written;
        private int undefined;
        private boolean lockable;
        private boolean repeatable;

        private Builder(String mnemonic, String title) {
            this.mnemonic = mnemonic;
            this.title = title;
        }

        /** Adds an encoding; see {@link Encoding} for the pattern. */
        public Builder enc(String pattern, Operand... operands) {
            encodings.add(Encoding.of(pattern, operands));
            return this;
        }

        /** The CPUID feature that the instruction belongs to. */
        public Builder feature(CpuidFeature feature) {
            this.feature = feature;
            return this;
        }

        /** Adds a precondition; they are checked in the order in which they are added. */
        public Builder requires(Semantics precondition) {
            preconditions.add(precondition);
            return this;
        }

        /** Adds an unconditional sensitive event without qualification, among the preconditions. */
        public Builder exits(Intercept event) {
            return requires(new Preconditions.Exits(event));
        }

        /** Status flags that are written. */
        public Builder writes(Flag... flags) {
            written |= Flag.mask(flags);
            return this;
        }

        /** All six status flags are written. */
        public Builder writesAllFlags() {
            written |= Flag.ALL;
            return this;
        }

        /** Status flags that the manual leaves undefined; they count as written. */
        public Builder undefined(Flag... flags) {
            undefined |= Flag.mask(flags);
            return writes(flags);
        }

        /** LOCK is allowed with a memory destination. */
        public Builder lockable() {
            lockable = true;
            return this;
        }

        /** Repeat prefixes make forms of their own. */
        public Builder repeatable() {
            repeatable = true;
            return this;
        }

        /** Completes the row. */
        public Row does(Semantics semantics) {
            return build(true, semantics);
        }

        /** Completes a row whose instruction this machine does not implement. */
        public Row notImplemented() {
            return build(false, Ops::notImplemented);
        }

        private Row build(boolean implemented, Semantics semantics) {
            return new Row(mnemonic, title, List.copyOf(encodings), feature, List.copyOf(preconditions), written,
                undefined, lockable, repeatable, implemented, semantics);
        }
    }
}
