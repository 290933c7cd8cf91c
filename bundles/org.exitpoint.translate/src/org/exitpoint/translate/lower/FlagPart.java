/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.lower;

import org.exitpoint.cpu.state.GuestState;

/**
 * Where a part of the status flags' tuple is; bits above the tuple's width are arbitrary.
 *
 * @param place what kind of place
 * @param value the constant, the guest register's number or the offset in the state block
 */
record FlagPart(Place place, long value) {
    /** A part that the tuple's kind has no use for. */
    static final FlagPart ABSENT = new FlagPart(Place.ABSENT, 0);

    enum Place {
        ABSENT, CONSTANT, GUEST, STATE
    }

    static FlagPart constant(long value) {
        return new FlagPart(Place.CONSTANT, value);
    }

    static FlagPart guest(int register) {
        return new FlagPart(Place.GUEST, register);
    }

    static FlagPart state(int offset) {
        return new FlagPart(Place.STATE, offset);
    }

    boolean isPresent() {
        return place != Place.ABSENT;
    }

    boolean isGuest(int register) {
        return place == Place.GUEST && value == register;
    }

    /** The part's value, when the guest's registers are in the state block. */
    long in(GuestState state) {
        return switch (place) {
            case ABSENT -> 0;
            case CONSTANT -> value;
            case GUEST -> state.register((int) value);
            case STATE -> state.get((int) value);
        };
    }
}
