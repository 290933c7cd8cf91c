/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.decode;

import org.exitpoint.isa.ops.Repeat;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Encoding;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.shape.CodeMode;
import org.exitpoint.isa.shape.Shape;
import org.exitpoint.isa.shape.ShapeKey;
import org.exitpoint.isa.shape.Shapes;

/** One encoding of a row as the decoder meets it, with the shapes that it has had so far. */
final class Candidate {
    private static final int KEYS = 1 << 12;

    final Row row;
    final Encoding encoding;
    private final boolean byteForm;
    private final Shape[] shapes = new Shape[KEYS];

    Candidate(Row row, Encoding encoding) {
        this.row = row;
        this.encoding = encoding;
        this.byteForm = encoding.isByteForm();
    }

    /** How much the encoding demands: of several that match, the most demanding is meant. */
    int specificity() {
        int demands = 0;
        demands += encoding.wholeModRm() >= 0 ? 16 : 0;
        demands += encoding.prefix() != Encoding.Prefix.ANY ? 8 : 0;
        demands += encoding.extension() >= 0 ? 4 : 0;
        demands += encoding.form() != Encoding.Form.ANY ? 2 : 0;
        boolean restricted = encoding.mode() != Encoding.Validity.ALL || encoding.wideBit() >= 0 || encoding.lowRegister();
        demands += restricted ? 1 : 0;
        return demands;
    }

    boolean matches(Prefixes prefixes, CodeMode mode, int modRm) {
        return encoding.vex() == prefixes.vex && matchesPrefix(prefixes) && matchesMode(mode)
            && (!encoding.shortVector() || prefixes.vexLength == 0)
            && (!encoding.lowRegister() || prefixes.highBase() == 0)
            && (encoding.wideBit() < 0 || encoding.wideBit() == 1 == prefixes.wide())
            && (!encoding.hasModRm() || matchesModRm(modRm));
    }

    private boolean matchesPrefix(Prefixes prefixes) {
        return switch (encoding.prefix()) {
            case ANY -> true;
            case NONE -> prefixes.repeat == 0 && !prefixes.operandSize;
            case NO_REPEAT -> prefixes.repeat == 0;
            case P66 -> prefixes.repeat == 0 && prefixes.operandSize;
            case PF2 -> prefixes.repeat == 0xF2;
            case PF3 -> prefixes.repeat == 0xF3;
        };
    }

    private boolean matchesMode(CodeMode mode) {
        return switch (encoding.mode()) {
            case ALL -> true;
            case NOT_LONG -> !mode.isLong();
            case LONG_ONLY -> mode.isLong();
        };
    }

    private boolean matchesModRm(int modRm) {
        boolean register = modRm >= 0xC0;
        return (encoding.wholeModRm() < 0 || encoding.wholeModRm() == modRm)
            && (encoding.extension() < 0 || encoding.extension() == (modRm >> 3 & 7))
            && switch (encoding.form()) {
                case ANY -> true;
                case REGISTER -> register;
                case MEMORY -> !register;
            };
    }

    Width operandWidth(Prefixes prefixes, CodeMode mode) {
        if (byteForm) {
            return Width.I8;
        }
        boolean toggled = prefixes.operandSize && encoding.prefix() != Encoding.Prefix.P66;
        return switch (mode) {
            case BITS16 -> toggled ? Width.I32 : Width.I16;
            case BITS32 -> toggled ? Width.I16 : Width.I32;
            case BITS64 -> longOperandWidth(prefixes.wide(), toggled);
        };
    }

    private Width longOperandWidth(boolean wide, boolean toggled) {
        if (wide || encoding.size() == Encoding.SizeRule.FORCED_64) {
            return Width.I64;
        }
        if (toggled) {
            return Width.I16;
        }
        return encoding.size() == Encoding.SizeRule.DEFAULT_64 ? Width.I64 : Width.I32;
    }

    Shape shape(CodeMode mode, Width operandWidth, boolean wide, Width addressWidth, Width stackWidth, boolean memory,
            Repeat repeat, boolean locked) {
        int index = sizeIndex(operandWidth) | sizeIndex(addressWidth) << 2 | sizeIndex(stackWidth) << 4
            | mode.ordinal() << 6 | repeat.ordinal() << 8 | (memory ? 1 << 10 : 0) | (locked ? 1 << 11 : 0);
        Shape shape = shapes[index];
        if (shape == null || shape.key().wide() != wide) {
            shape = Shapes.of(new ShapeKey(row, encoding, mode, operandWidth, wide, addressWidth, stackWidth, memory,
                repeat, locked));
            shapes[index] = shape;
        }
        return shape;
    }

    private static int sizeIndex(Width width) {
        return width.ordinal() - Width.I8.ordinal();
    }
}
