/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch;

/**
 * The layout of segment and gate descriptors: pure functions over the descriptor's eight bytes, little-endian, and for
 * 16-byte descriptors over its second eight bytes.
 */
@Sdm(section = "3.4.5", title = "Segment Descriptors")
public final class Descriptor {
    private static final BitRange LIMIT_LOW = new BitRange(0, 15);
    private static final BitRange BASE_LOW = new BitRange(16, 39);
    private static final BitRange LIMIT_HIGH = new BitRange(48, 51);
    private static final BitRange BASE_HIGH = new BitRange(56, 63);
    private static final int ACCESS_RIGHTS_SHIFT = 40;
    private static final long ACCESS_RIGHTS_MASK = 0xf0ff;
    private static final int LIMIT_LOW_BITS = 16;
    private static final int BASE_LOW_BITS = 24;
    private static final int PAGE_SHIFT = 12;
    private static final long MAX_UNSCALED_LIMIT = 0xf_ffff;

    private static final BitRange GATE_OFFSET_LOW = new BitRange(0, 15);
    private static final BitRange GATE_SELECTOR = new BitRange(16, 31);
    private static final BitRange GATE_STACK = new BitRange(32, 34);
    private static final BitRange GATE_PARAMETERS = new BitRange(32, 36);
    private static final BitRange GATE_OFFSET_MIDDLE = new BitRange(48, 63);

    private Descriptor() {
    }

    /**
     * The base address of an 8-byte descriptor.
     *
     * @param descriptor the descriptor
     * @return a 32-bit linear address, zero-extended
     */
    public static long base(long descriptor) {
        return BASE_LOW.extract(descriptor) | BASE_HIGH.extract(descriptor) << BASE_LOW_BITS;
    }

    /**
     * The base address of a 16-byte system descriptor.
     *
     * @param low its first eight bytes
     * @param high its second eight bytes
     * @return a 64-bit linear address
     */
    public static long base(long low, long high) {
        return base(low) | high << 32;
    }

    /**
     * The limit in bytes, the G flag applied.
     *
     * @param descriptor the descriptor
     * @return the last valid offset, 32 bits, zero-extended
     */
    public static long limit(long descriptor) {
        long limit = LIMIT_LOW.extract(descriptor) | LIMIT_HIGH.extract(descriptor) << LIMIT_LOW_BITS;
        return AccessRights.G.isSet(accessRights(descriptor)) ? limit << PAGE_SHIFT | (1 << PAGE_SHIFT) - 1 : limit;
    }

    /**
     * The access rights in the format of the VMCS.
     *
     * @param descriptor the descriptor
     * @return bits of {@link AccessRights}; never "unusable"
     */
    public static long accessRights(long descriptor) {
        return descriptor >>> ACCESS_RIGHTS_SHIFT & ACCESS_RIGHTS_MASK;
    }

    /**
     * Builds an 8-byte descriptor.
     *
     * @param base linear address; bits 31:0 count
     * @param limit last valid offset in bytes, 0 to FFFFFFFFH; with G set, bits 11:0 must be FFFH
     * @param accessRights bits of {@link AccessRights}
     * @return the descriptor
     * @throws IllegalArgumentException if the limit cannot be expressed with the granularity given
     */
    public static long of(long base, long limit, long accessRights) {
        boolean pages = AccessRights.G.isSet(accessRights);
        long field = pages ? limit >>> PAGE_SHIFT : limit;
        if (field < 0 || field > MAX_UNSCALED_LIMIT || pages && (limit & 0xfff) != 0xfff) {
            throw new IllegalArgumentException("limit 0x" + Long.toHexString(limit) + " needs another granularity");
        }
        long descriptor = (accessRights & ACCESS_RIGHTS_MASK) << ACCESS_RIGHTS_SHIFT;
        descriptor = LIMIT_LOW.deposit(descriptor, LIMIT_LOW.extract(field));
        descriptor = LIMIT_HIGH.deposit(descriptor, field >>> LIMIT_LOW_BITS);
        descriptor = BASE_LOW.deposit(descriptor, BASE_LOW.extract(base << BASE_LOW.low()));
        return BASE_HIGH.deposit(descriptor, base >>> BASE_LOW_BITS & 0xff);
    }

    /**
     * The target offset of an 8-byte gate.
     *
     * @param gate the gate; of a 16-bit gate only bits 15:0 of the result count
     * @return a 32-bit offset, zero-extended
     */
    public static long gateOffset(long gate) {
        return GATE_OFFSET_LOW.extract(gate) | GATE_OFFSET_MIDDLE.extract(gate) << 16;
    }

    /**
     * The target offset of a 16-byte gate.
     *
     * @param low its first eight bytes
     * @param high its second eight bytes
     * @return a 64-bit offset
     */
    public static long gateOffset(long low, long high) {
        return gateOffset(low) | high << 32;
    }

    /**
     * The selector in a gate.
     *
     * @param gate the gate's first eight bytes
     * @return a 16-bit selector
     */
    public static int gateSelector(long gate) {
        return (int) GATE_SELECTOR.extract(gate);
    }

    /**
     * The interrupt-stack-table index of a 64-bit interrupt or trap gate.
     *
     * @param gate the gate's first eight bytes
     * @return 0 for none, or 1 to 7
     */
    public static int gateInterruptStack(long gate) {
        return (int) GATE_STACK.extract(gate);
    }

    /**
     * The parameter count of a 16-bit or 32-bit call gate.
     *
     * @param gate the gate
     * @return 0 to 31
     */
    public static int gateParameterCount(long gate) {
        return (int) GATE_PARAMETERS.extract(gate);
    }
}
