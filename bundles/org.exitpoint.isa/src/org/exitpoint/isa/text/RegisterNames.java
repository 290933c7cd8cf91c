/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.text;

import java.util.Locale;

import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.isa.ir.RegisterSlot;
import org.exitpoint.isa.ops.Segment;
import org.exitpoint.isa.ops.Width;

/** Names of registers by number, as assemblers for Intel syntax write them. */
final class RegisterNames {
    private static final GeneralRegister[] GENERAL = GeneralRegister.values();
    private static final Segment[] SEGMENTS = Segment.values();
    private static final int FIRST_NUMBERED = 8;
    private static final int FIRST_HIGH_BYTE_OWNER = 4;

    private RegisterNames() {
    }

    /** A general register; numbers from {@link RegisterSlot#HIGH_BYTE} on are AH, CH, DH and BH. */
    static String general(int number, Width width) {
        if (number >= RegisterSlot.HIGH_BYTE) {
            return "acdb".charAt(number - RegisterSlot.HIGH_BYTE) + "h";
        }
        if (number >= FIRST_NUMBERED) {
            return "r" + number + switch (width) {
                case I8 -> "b";
                case I16 -> "w";
                case I32 -> "d";
                default -> "";
            };
        }
        String word = GENERAL[number].name().substring(1).toLowerCase(Locale.ROOT);
        return switch (width) {
            case I8 -> number < FIRST_HIGH_BYTE_OWNER ? word.charAt(0) + "l" : word + "l";
            case I16 -> word;
            case I32 -> "e" + word;
            default -> "r" + word;
        };
    }

    /** A segment register. */
    static String segment(int number) {
        return SEGMENTS[number].name().toLowerCase(Locale.ROOT);
    }
}
