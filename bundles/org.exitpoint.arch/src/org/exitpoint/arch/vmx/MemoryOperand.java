/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.arch.NamedBits;
import org.exitpoint.arch.Sdm;
import org.exitpoint.arch.SegmentRegister;

/**
 * A memory operand as VM-exit instruction information describes it; the displacement is the exit qualification.
 *
 * @param segment ES to GS
 * @param base the base register, or null
 * @param index the index register, or null
 * @param scale log2 of the index's factor, 0 to 3; 0 without index
 * @param addressSize 16, 32 or 64 bits
 */
@Sdm(section = "29.2.5", title = "Information for VM Exits Due to Instruction Execution")
public record MemoryOperand(SegmentRegister segment, GeneralRegister base, GeneralRegister index, int scale,
        int addressSize) {
    static final NamedBits SCALING = new NamedBits("scaling", 0, 1, "Scaling: log2 of the index's factor");
    static final NamedBits ADDRESS_SIZE = new NamedBits("addressSize", 7, 9, "Address size: 0, 1, 2: 16, 32, 64 bits");
    static final NamedBits SEGMENT = new NamedBits("segment", 15, 17, "Segment register");
    static final NamedBits INDEX = new NamedBits("index", 18, 21, "Index register");
    static final NamedBits INDEX_INVALID = new NamedBits("indexInvalid", 22, "There is no index register");
    static final NamedBits BASE = new NamedBits("base", 23, 26, "Base register");
    static final NamedBits BASE_INVALID = new NamedBits("baseInvalid", 27, "There is no base register");

    private static final int SMALLEST_ADDRESS = 16;
    private static final int LARGEST_ADDRESS_NUMBER = 2;

    /** Rejects operands that no instruction has. */
    public MemoryOperand {
        if (segment.isSystem() || scale < 0 || scale > 3 || index == null && scale != 0) {
            throw new IllegalArgumentException("no such memory operand");
        }
        addressSizeNumber(addressSize);
    }

    static int addressSizeNumber(int bits) {
        return switch (bits) {
            case 16 -> 0;
            case 32 -> 1;
            case 64 -> 2;
            default -> throw new IllegalArgumentException("no address size of " + bits + " bits");
        };
    }

    static int addressSize(long field) {
        return SMALLEST_ADDRESS << Math.min(ADDRESS_SIZE.of(field), LARGEST_ADDRESS_NUMBER);
    }

    static SegmentRegister segment(long field) {
        return SegmentRegister.USER.get((int) Math.min(SEGMENT.of(field), SegmentRegister.USER.size() - 1));
    }

    long encode() {
        long field = SCALING.encode(scale) | ADDRESS_SIZE.encode(addressSizeNumber(addressSize))
                | SEGMENT.encode(segment.number());
        field |= index == null ? INDEX_INVALID.mask() : INDEX.encode(index.number());
        return field | (base == null ? BASE_INVALID.mask() : BASE.encode(base.number()));
    }

    static MemoryOperand decode(long field) {
        GeneralRegister base = BASE_INVALID.isSet(field) ? null : GeneralRegister.ofNumber((int) BASE.of(field));
        GeneralRegister index = INDEX_INVALID.isSet(field) ? null : GeneralRegister.ofNumber((int) INDEX.of(field));
        int scale = index == null ? 0 : (int) SCALING.of(field);
        return new MemoryOperand(segment(field), base, index, scale, addressSize(field));
    }

    /**
     * The operand in assembler notation, without displacement.
     *
     * @return for example {@code "DS:[RAX+RCX*4]"}; {@code "DS:[]"} if there is only a displacement
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(segment + ":[");
        if (base != null) {
            text.append(base.name(addressSize));
        }
        if (index != null) {
            text.append(base == null ? "" : "+").append(index.name(addressSize));
            text.append(scale == 0 ? "" : "*" + (1 << scale));
        }
        return text.append("]").toString();
    }
}
