/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch;

/** Segment access rights in the format of the VMCS, also that of bits 55:40 of a descriptor with the limit cut out. */
@Sdm(section = "26.4.1", title = "Guest Register State")
public enum AccessRights implements BitField {
    TYPE(0, 3, "Segment type"),
    S(4, "Descriptor type (0: system; 1: code or data)"),
    DPL(5, 6, "Descriptor privilege level"),
    P(7, "Segment present"),
    AVL(12, "Available for use by system software"),
    L(13, "64-bit code segment (CS only)"),
    DB(14, "Default operation size (0: 16 bits; 1: 32 bits)"),
    G(15, "Granularity (0: bytes; 1: 4 KBytes)"),
    UNUSABLE(16, "Segment unusable");

    private final BitRange range;
    private final String title;

    AccessRights(int bit, String title) {
        this(bit, bit, title);
    }

    AccessRights(int low, int high, String title) {
        this.range = new BitRange(low, high);
        this.title = title;
    }

    @Override
    public BitRange range() {
        return range;
    }

    @Override
    public String title() {
        return title;
    }

    /** Bit 0 of the type of a code or data segment: accessed. */
    public static final int TYPE_ACCESSED = 1;
    /** Bit 1 of the type of a data segment: writable. */
    public static final int TYPE_WRITABLE = 2;
    /** Bit 1 of the type of a code segment: readable. */
    public static final int TYPE_READABLE = 2;
    /** Bit 2 of the type of a data segment: expand-down. */
    public static final int TYPE_EXPAND_DOWN = 4;
    /** Bit 2 of the type of a code segment: conforming. */
    public static final int TYPE_CONFORMING = 4;
    /** Bit 3 of the type of a code or data segment: code. */
    public static final int TYPE_CODE = 8;
    /** Bits 11:8 and 31:17, which are reserved. */
    public static final long RESERVED = 0xffff_ffffL & ~BitField.maskOf(values());

    /**
     * Access rights in words.
     *
     * @param value access rights
     * @return for example {@code "code, readable, accessed, DPL 0, present, 64-bit"}
     */
    public static String inWords(long value) {
        if (UNUSABLE.isSet(value)) {
            return "unusable";
        }
        StringBuilder text = new StringBuilder(typeInWords(value));
        text.append(", DPL ").append(DPL.of(value)).append(P.isSet(value) ? ", present" : ", not present");
        if (S.isSet(value)) {
            text.append(L.isSet(value) ? ", 64-bit" : DB.isSet(value) ? ", 32-bit" : ", 16-bit");
        }
        return text.append(G.isSet(value) ? ", limit in pages" : "").toString();
    }

    private static String typeInWords(long value) {
        int type = (int) TYPE.of(value);
        if (!S.isSet(value)) {
            SystemDescriptorType system = SystemDescriptorType.ofType(type);
            return system == null ? "reserved system type " + type : system.title();
        }
        boolean code = (type & TYPE_CODE) != 0;
        StringBuilder text = new StringBuilder(code ? "code" : "data");
        if ((type & TYPE_READABLE) != 0) {
            text.append(code ? ", readable" : ", writable");
        }
        if ((type & TYPE_CONFORMING) != 0) {
            text.append(code ? ", conforming" : ", expand-down");
        }
        return text.append((type & TYPE_ACCESSED) != 0 ? ", accessed" : "").toString();
    }
}
