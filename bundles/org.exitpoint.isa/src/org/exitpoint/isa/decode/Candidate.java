/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.decode;

import org.exitpoint.isa.ops.Repeat;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Encoding;
import org.exitpoint.isa.row.Operand;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.shape.CodeMode;
import org.exitpoint.isa.shape.Shape;
import org.exitpoint.isa.shape.ShapeKey;
import org.exitpoint.isa.shape.Shapes;

/** One encoding of a row as the decoder meets it, with the shapes that it has had so far. */
final class Candidate {
    final Row row;
    final Encoding encoding;
    /** The encoding's operands. */
    final Operand[] operands;
    final boolean canBeMemory;
    /** Whether not all numbers of registers exist, or VEX.vvvv has to be looked at. */
    final boolean restricted;
    private final boolean byteForm;
    private final boolean usesWide;
    private volatile ShapeCache shapes = ShapeCache.EMPTY;

    Candidate(Row row, Encoding encoding) {
        this.row = row;
        this.encoding = encoding;
        this.operands = encoding.operands().toArray(Operand[]::new);
        this.canBeMemory = encoding.canBeMemory();
        this.restricted = encoding.vex() || encoding.operands().stream().anyMatch(o -> switch (o.place()) {
            case SEGMENT, CONTROL, DEBUG -> true;
            default -> false;
        });
        this.byteForm = encoding.isByteForm();
        this.usesWide = encoding.operands().stream().anyMatch(o -> o.size() == Operand.Size.DOUBLE_OR_QUAD);
    }

    /** How much the encoding demands: of several that match, the most demanding is meant. */
    int specificity() {
        int demands = 0;
        demands += encoding.wholeModRm() >= 0 ? 16 : 0;
        demands += encoding.prefix() != Encoding.Prefix.ANY ? 8 : 0;
        demands += encoding.extension() >= 0 ? 4 : 0;
        demands += encoding.form() != Encoding.Form.ANY ? 2 : 0;
        boolean bits = encoding.wideBit() >= 0 || encoding.lowRegister();
        demands += bits || encoding.mode() != Encoding.Validity.ALL ? 1 : 0;
        return demands;
    }

    /** Whether the encoding is meant in the mode of the table that the candidate stands in, and by these prefixes. */
    boolean matches(Prefixes prefixes, int modRm) {
        return encoding.vex() == prefixes.vex && matchesPrefix(prefixes)
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

    boolean matchesMode(CodeMode mode) {
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

    /** The shape; whether REX.W is set makes one of its own only where an operand's size depends on it alone. */
    Shape shape(CodeMode mode, Width operandWidth, boolean wide, Width addressWidth, Width stackWidth, boolean memory,
            Repeat repeat, boolean locked) {
        boolean wideShape = wide && usesWide;
        int index = sizeIndex(operandWidth) | sizeIndex(addressWidth) << 2 | sizeIndex(stackWidth) << 4
            | mode.ordinal() << 6 | repeat.ordinal() << 8 | (memory ? 1 << 10 : 0) | (locked ? 1 << 11 : 0)
            | (wideShape ? 1 << 12 : 0);
        Shape shape = shapes.get(index);
        if (shape == null) {
            shape = Shapes.of(new ShapeKey(row, encoding, mode, operandWidth, wideShape, addressWidth, stackWidth,
                memory, repeat, locked));
            shapes = shapes.with(index, shape);
        }
        return shape;
    }

    private static int sizeIndex(Width width) {
        return width.ordinal() - Width.I8.ordinal();
    }
}
