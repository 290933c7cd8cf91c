/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch;

/** The types of system-segment and gate descriptors (S flag 0). */
@Sdm(section = "3.5", title = "System Descriptor Types")
public enum SystemDescriptorType {
    TSS_16_AVAILABLE(1, "16-bit TSS (available)", false),
    LDT(2, "LDT", true),
    TSS_16_BUSY(3, "16-bit TSS (busy)", false),
    CALL_GATE_16(4, "16-bit call gate", false),
    TASK_GATE(5, "task gate", false),
    INTERRUPT_GATE_16(6, "16-bit interrupt gate", false),
    TRAP_GATE_16(7, "16-bit trap gate", false),
    TSS_AVAILABLE(9, "TSS (available)", true),
    TSS_BUSY(11, "TSS (busy)", true),
    CALL_GATE(12, "call gate", true),
    INTERRUPT_GATE(14, "interrupt gate", true),
    TRAP_GATE(15, "trap gate", true);

    private static final SystemDescriptorType[] BY_TYPE = new SystemDescriptorType[16];

    static {
        for (SystemDescriptorType each : values()) {
            BY_TYPE[each.type] = each;
        }
    }

    private final int type;
    private final String title;
    private final boolean ia32e;

    SystemDescriptorType(int type, String title, boolean ia32e) {
        this.type = type;
        this.title = title;
        this.ia32e = ia32e;
    }

    /**
     * The value of the type field.
     *
     * @return 1 to 15
     */
    public int type() {
        return type;
    }

    /**
     * The type in words. Types without "16-bit" are 32 bits wide in protected mode and 64 bits in IA-32e mode.
     *
     * @return a few words
     */
    public String title() {
        return title;
    }

    /**
     * Whether the type is legal in IA-32e mode, where such descriptors take 16 bytes; a type that is not
     * raises a general-protection exception when it is used.
     *
     * @return true if so
     */
    public boolean existsInIa32eMode() {
        return ia32e;
    }

    /**
     * Finds a type by its number.
     *
     * @param type value of the type field of a descriptor whose S flag is 0
     * @return the type, or null if it is reserved
     */
    public static SystemDescriptorType ofType(int type) {
        return type >= 0 && type < BY_TYPE.length ? BY_TYPE[type] : null;
    }
}
