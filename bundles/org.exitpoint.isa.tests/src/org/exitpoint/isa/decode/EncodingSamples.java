/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.decode;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.exitpoint.isa.row.Encoding;
import org.exitpoint.isa.row.Operand;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.shape.CodeMode;

/** Bytes for every encoding of a row: all prefixes that make shapes of their own, register and memory forms. */
public final class EncodingSamples {
    private static final int REX_W = 0x48;
    private static final int REX_B = 0x41;
    /** ModRM bytes: a register form, and memory forms with all displacement sizes, SIB, RIP-relative and absolute. */
    private static final int[] MODRM = {0xC1, 0xC6, 0x01, 0x04, 0x05, 0x06, 0x43, 0x44, 0x86, 0x84};
    private static final int FIRST_MEMORY = 2;

    /**
     * One sample.
     *
     * @param row the row
     * @param encoding the encoding it is meant for
     * @param mode the mode it is meant for
     * @param bytes the instruction
     */
    public record Sample(Row row, Encoding encoding, CodeMode mode, byte[] bytes) {
    }

    private record Variant(boolean operandSize, boolean addressSize, boolean lock, int repeat, int rex) {
    }

    private final Row row;
    private final Encoding encoding;
    private final CodeMode mode;
    private final Consumer<Sample> sink;

    private EncodingSamples(Row row, Encoding encoding, CodeMode mode, Consumer<Sample> sink) {
        this.row = row;
        this.encoding = encoding;
        this.mode = mode;
        this.sink = sink;
    }

    /** Gives all samples of a row. */
    public static void of(Row row, Consumer<Sample> sink) {
        for (Encoding encoding : row.encodings()) {
            for (CodeMode mode : CodeMode.values()) {
                boolean excluded = mode.isLong() ? encoding.mode() == Encoding.Validity.NOT_LONG
                    : encoding.mode() == Encoding.Validity.LONG_ONLY;
                if (!excluded) {
                    new EncodingSamples(row, encoding, mode, sink).run();
                }
            }
        }
    }

    private void run() {
        for (Variant variant : variants()) {
            for (int modRm : modRms(variant)) {
                sink.accept(new Sample(row, encoding, mode, assemble(variant, modRm)));
            }
        }
    }

    private List<Variant> variants() {
        List<Variant> variants = new ArrayList<>();
        int[] rexes = mode.isLong() ? new int[] {0, 0x40, REX_W, REX_B} : new int[] {0};
        int[] repeats = row.repeatable() ? new int[] {0, 0xF2, 0xF3} : new int[] {0};
        for (int rex : rexes) {
            for (int repeat : repeats) {
                for (int flags = 0; flags < 8; flags++) {
                    Variant variant = new Variant((flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, repeat, rex);
                    if (isLegal(variant)) {
                        variants.add(variant);
                    }
                }
            }
        }
        return variants;
    }

    private boolean isLegal(Variant variant) {
        boolean wide = (variant.rex & 8) != 0;
        boolean wrongWidth = encoding.wideBit() >= 0 && encoding.wideBit() == 1 != wide;
        boolean excluded = encoding.prefix() == Encoding.Prefix.NONE || encoding.prefix() == Encoding.Prefix.P66
            || encoding.vex();
        boolean high = (variant.rex & 1) != 0 && encoding.lowRegister();
        return !wrongWidth && !high && !(variant.operandSize && excluded) && !(variant.lock && !row.lockable());
    }

    private int[] modRms(Variant variant) {
        if (!encoding.hasModRm()) {
            return variant.lock ? new int[0] : new int[] {-1};
        }
        if (encoding.wholeModRm() >= 0) {
            return new int[] {encoding.wholeModRm()};
        }
        List<Integer> bytes = new ArrayList<>();
        for (int i = 0; i < MODRM.length; i++) {
            boolean memory = i >= FIRST_MEMORY;
            boolean formFits = encoding.form() == Encoding.Form.ANY
                || encoding.form() == Encoding.Form.MEMORY == memory;
            boolean lockFits = !variant.lock || memory && encoding.operands().getFirst().isModRmMemory();
            if (formFits && lockFits) {
                bytes.add(withReg(MODRM[i]));
            }
        }
        return bytes.stream().mapToInt(Integer::intValue).toArray();
    }

    private int withReg(int modRm) {
        if (encoding.extension() >= 0) {
            return modRm | encoding.extension() << 3;
        }
        boolean numbered = encoding.operands().stream().anyMatch(o -> o.place() == Operand.Place.CONTROL
            || o.place() == Operand.Place.DEBUG || o.place() == Operand.Place.SEGMENT);
        return modRm | (numbered ? 3 : 5) << 3;
    }

    private byte[] assemble(Variant variant, int modRm) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (variant.addressSize) {
            out.write(0x67);
        }
        if (variant.lock) {
            out.write(0xF0);
        }
        if (variant.repeat != 0) {
            out.write(variant.repeat);
        }
        if (variant.operandSize) {
            out.write(0x66);
        }
        if (encoding.vex()) {
            writeVex(out, variant);
        } else {
            writeLegacy(out, variant);
        }
        out.write(encoding.opcode() + (encoding.registerInOpcode() ? 3 : 0));
        if (modRm >= 0) {
            out.write(modRm);
            writeRestOfAddress(out, variant, modRm);
        }
        for (Operand operand : encoding.operands()) {
            writeImmediate(out, variant, operand);
        }
        return out.toByteArray();
    }

    private void writeLegacy(ByteArrayOutputStream out, Variant variant) {
        switch (encoding.prefix()) {
            case P66 -> out.write(0x66);
            case PF2 -> out.write(0xF2);
            case PF3 -> out.write(0xF3);
            default -> {
            }
        }
        if (variant.rex != 0) {
            out.write(variant.rex);
        }
        switch (encoding.map()) {
            case 1 -> out.write(0x0F);
            case 2 -> out.writeBytes(new byte[] {0x0F, 0x38});
            case 3 -> out.writeBytes(new byte[] {0x0F, 0x3A});
            default -> {
            }
        }
    }

    private void writeVex(ByteArrayOutputStream out, Variant variant) {
        int pp = switch (encoding.prefix()) {
            case P66 -> 1;
            case PF3 -> 2;
            case PF2 -> 3;
            default -> 0;
        };
        boolean vvvv = encoding.operands().stream().anyMatch(o -> o.place() == Operand.Place.VVVV);
        out.write(0xC4);
        out.write(0xC0 | ((variant.rex & 1) == 0 ? 0x20 : 0) | encoding.map());
        out.write((variant.rex & 8) << 4 | (vvvv ? 0x0D : 0x0F) << 3 | pp);
    }

    private boolean has16BitAddresses(Variant variant) {
        return mode == CodeMode.BITS16 ? !variant.addressSize : mode == CodeMode.BITS32 && variant.addressSize;
    }

    private void writeRestOfAddress(ByteArrayOutputStream out, Variant variant, int modRm) {
        int mod = modRm >> 6;
        int rm = modRm & 7;
        if (mod == 3 || !encoding.canBeMemory()) {
            return;
        }
        int displacement = mod == 1 ? 1 : 0;
        if (has16BitAddresses(variant)) {
            displacement = mod == 2 || mod == 0 && rm == 6 ? 2 : displacement;
        } else {
            if (rm == 4) {
                out.write(0x8A);
            }
            displacement = mod == 2 || mod == 0 && rm == 5 ? 4 : displacement;
        }
        writeNumber(out, displacement);
    }

    private void writeImmediate(ByteArrayOutputStream out, Variant variant, Operand operand) {
        boolean wide = (variant.rex & 8) != 0;
        boolean forced = mode.isLong() && encoding.size() == Encoding.SizeRule.FORCED_64;
        boolean narrow = !wide && !forced && mode == CodeMode.BITS16 != variant.operandSize;
        if (operand.place() == Operand.Place.OFFSET) {
            int natural = mode.isLong() ? variant.addressSize ? 4 : 8 : has16BitAddresses(variant) ? 2 : 4;
            writeNumber(out, natural);
            return;
        }
        writeNumber(out, switch (operand.immediateBytes()) {
            case Operand.BYTES_Z -> narrow ? 2 : 4;
            case Operand.BYTES_V -> wide ? 8 : narrow ? 2 : 4;
            default -> operand.immediateBytes();
        });
    }

    private static void writeNumber(ByteArrayOutputStream out, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write(0x12 + 0x11 * i);
        }
    }
}
