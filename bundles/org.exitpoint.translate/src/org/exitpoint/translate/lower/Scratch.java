/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.lower;

import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.translate.emit.HostAddress;

/** How the translator uses its words of the state block. */
public final class Scratch {
    /** Words for temporaries. */
    static final int SLOTS = 24;
    /** The first operand of a comparison, whose difference is not computed unless it is asked for. */
    static final int FIRST_OPERAND = word(24);
    /** A host register whose place is needed for a moment. */
    static final int SAVED = word(25);
    /** A second one. */
    static final int SAVED2 = word(26);
    /** The linear address of an access that the fast TLB did not know. */
    public static final int ACCESS_ADDRESS = word(27);

    private Scratch() {
    }

    /** The place of a temporary. */
    static HostAddress slot(int number) {
        return RegisterMap.state(word(number));
    }

    private static int word(int number) {
        return GuestState.ENGINE_SCRATCH + 8 * number;
    }
}
