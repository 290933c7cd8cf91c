/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import org.exitpoint.arch.Sdm;

/**
 * The layout of this processor's VMCS region.
 *
 * <p>The manual fixes the first eight bytes and leaves the rest to the implementation. Here every field has a slot of
 * eight bytes whose place depends on its encoding alone: each combination of width and area owns a run of slots, the
 * index selects one. Runs have room for fields yet to come, so that adding a field moves no other and the
 * {@linkplain #REVISION_IDENTIFIER revision identifier} need not change.
 */
@Sdm(section = "26.2", title = "Format of the VMCS Region")
public final class VmcsLayout {
    /** Size of a VMCS region and of the VMXON region in bytes. */
    public static final int REGION_SIZE = 4096;
    /** Byte offset of the VMCS revision identifier (bits 30:0) and the shadow-VMCS indicator (bit 31). */
    public static final int REVISION_IDENTIFIER_OFFSET = 0;
    /** Byte offset of the VMX-abort indicator, 32 bits. */
    public static final int ABORT_INDICATOR_OFFSET = 4;
    /** The revision identifier of this layout: reported in IA32_VMX_BASIC, expected by VMPTRLD. */
    public static final int REVISION_IDENTIFIER = 0x4558_5031;
    /** Bit 31 of the first four bytes: the region is a shadow VMCS. */
    public static final int SHADOW_VMCS_INDICATOR = 1 << 31;

    private static final int FIRST_SLOT_OFFSET = 64;
    private static final int SLOT_SIZE = 8;
    /** Slots per area (control, exit information, guest state, host state), one row per width. */
    private static final int[][] CAPACITY = {{16, 8, 24, 16}, {96, 16, 48, 32}, {32, 16, 32, 16}, {16, 16, 48, 32}};
    private static final int AREAS = 4;
    private static final int[] FIRST = new int[CAPACITY.length * AREAS];
    private static final int SLOTS;

    static {
        int slots = 0;
        for (int run = 0; run < FIRST.length; run++) {
            FIRST[run] = slots;
            slots += CAPACITY[run / AREAS][run % AREAS];
        }
        if (FIRST_SLOT_OFFSET + slots * SLOT_SIZE > REGION_SIZE) {
            throw new AssertionError("the VMCS layout does not fit its region");
        }
        SLOTS = slots;
    }

    /** Apart from the layout, because the fields' constructors already need the layout. */
    private static final class BySlot {
        private static final VmcsField[] FIELDS = new VmcsField[SLOTS];

        static {
            for (VmcsField field : VmcsField.values()) {
                FIELDS[(field.offset() - FIRST_SLOT_OFFSET) / SLOT_SIZE] = field;
            }
        }
    }

    private VmcsLayout() {
    }

    private static int slot(VmcsField.Width width, VmcsField.Area area, int index) {
        if (index >= CAPACITY[width.ordinal()][area.ordinal()]) {
            throw new AssertionError("no slot for index " + index + " of " + width + " " + area);
        }
        return FIRST[width.ordinal() * AREAS + area.ordinal()] + index;
    }

    static int offset(VmcsField.Width width, VmcsField.Area area, int index) {
        return FIRST_SLOT_OFFSET + slot(width, area, index) * SLOT_SIZE;
    }

    static VmcsField find(VmcsField.Width width, VmcsField.Area area, int index) {
        return index < CAPACITY[width.ordinal()][area.ordinal()] ? BySlot.FIELDS[slot(width, area, index)] : null;
    }

    /**
     * Finds the field stored at a place in the region.
     *
     * @param offset byte offset in the region, 0 to 4095
     * @return the field whose slot holds the byte, or null for the header and unused slots
     */
    public static VmcsField fieldAt(int offset) {
        int slot = Math.floorDiv(offset - FIRST_SLOT_OFFSET, SLOT_SIZE);
        return slot >= 0 && slot < SLOTS ? BySlot.FIELDS[slot] : null;
    }
}
