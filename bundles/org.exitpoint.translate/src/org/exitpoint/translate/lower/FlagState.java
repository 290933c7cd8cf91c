/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.lower;

import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.StatusFlags;
import org.exitpoint.isa.ops.FlagKind;
import org.exitpoint.isa.ops.Width;

/**
 * What the guest's status flags are at a place in emitted code: the tuple in the state block, or a description of the
 * tuple by the places of its parts.
 *
 * @param kind the tuple's kind, or null if the tuple in the state block is the flags
 * @param width the tuple's width
 * @param result the result, or absent if first and source say it: their difference for SUB, their conjunction for LOGIC
 * @param first the first operand, where the result is absent
 * @param source the second operand
 * @param carry the carry
 */
public record FlagState(FlagKind kind, Width width, FlagPart result, FlagPart first, FlagPart source, FlagPart carry) {
    /** The tuple in the state block. */
    public static final FlagState STORED = new FlagState(null, null, FlagPart.ABSENT, FlagPart.ABSENT, FlagPart.ABSENT,
        FlagPart.ABSENT);

    /** Flags that nobody reads: any tuple will do. */
    public static final FlagState DEAD = new FlagState(null, Width.I1, FlagPart.ABSENT, FlagPart.ABSENT,
        FlagPart.ABSENT, FlagPart.ABSENT);

    /** Whether the tuple in the state block is the flags. */
    public boolean isStored() {
        return kind == null;
    }

    /** Stores the tuple, when the guest's registers are in the state block. */
    public void store(GuestState state) {
        if (isStored()) {
            return;
        }
        long mask = width.mask();
        long second = source.in(state) & mask;
        long value = result.isPresent() ? result.in(state)
            : kind == FlagKind.SUB ? first.in(state) - second : first.in(state) & second;
        long carryIn = carry.place() == FlagPart.Place.STATE ? state.get8((int) carry.value()) : carry.value();
        state.defineFlags(StatusFlags.op(kind, width), second, value & mask, (int) carryIn);
    }

    FlagState with(FlagPart newResult, FlagPart newFirst, FlagPart newSource) {
        return new FlagState(kind, width, newResult, newFirst, newSource, carry);
    }
}
