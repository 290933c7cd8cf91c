/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import java.util.List;
import java.util.Locale;
import org.exitpoint.arch.BitField;
import org.exitpoint.arch.NamedBits;
import org.exitpoint.arch.Sdm;

/**
 * The exit qualification of APIC accesses.
 *
 * @param offset offset in the APIC-access page; 0 for guest-physical accesses
 * @param type number of the access type: 0 to 4, 10 or 15
 * @param asynchronous the access was asynchronous to instruction execution
 */
@Sdm(section = "29.2.1", title = "Basic VM-Exit Information")
public record ApicAccess(int offset, int type, boolean asynchronous) implements ExitQualification {
    /** Linear access for a data read. */
    public static final int LINEAR_READ = 0;
    /** Linear access for a data write. */
    public static final int LINEAR_WRITE = 1;
    /** Linear access for an instruction fetch. */
    public static final int LINEAR_FETCH = 2;
    /** Linear access during event delivery. */
    public static final int LINEAR_EVENT_DELIVERY = 3;
    /** Linear access for monitoring. */
    public static final int LINEAR_MONITORING = 4;
    /** Guest-physical access during event delivery. */
    public static final int PHYSICAL_EVENT_DELIVERY = 10;
    /** Guest-physical access for an instruction fetch or during instruction execution. */
    public static final int PHYSICAL_INSTRUCTION = 15;

    private static final NamedBits OFFSET = new NamedBits("offset", 0, 11, "Offset of access within the APIC page");
    private static final NamedBits TYPE = new NamedBits("type", 12, 15, "Access type");
    private static final NamedBits ASYNCHRONOUS =
            new NamedBits("asynchronous", 16, "Asynchronous to instruction execution");
    private static final List<BitField> FIELDS = List.of(OFFSET, TYPE, ASYNCHRONOUS);

    static ApicAccess decode(long value) {
        return new ApicAccess((int) OFFSET.of(value), (int) TYPE.of(value), ASYNCHRONOUS.isSet(value));
    }

    @Override
    public long encode() {
        return OFFSET.encode(offset) | TYPE.encode(type) | ASYNCHRONOUS.encode(asynchronous);
    }

    @Override
    public List<BitField> fields() {
        return FIELDS;
    }

    @Override
    public String inWords() {
        String words = switch (type) {
            case LINEAR_READ -> "read";
            case LINEAR_WRITE -> "write";
            case LINEAR_FETCH -> "instruction fetch";
            case LINEAR_EVENT_DELIVERY -> "access during event delivery";
            case LINEAR_MONITORING -> "monitoring";
            case PHYSICAL_EVENT_DELIVERY -> "guest-physical access during event delivery";
            case PHYSICAL_INSTRUCTION -> "guest-physical access during instruction execution";
            default -> "access of reserved type " + type;
        };
        return String.format(Locale.ROOT, "%s at offset 0x%03x", words, offset);
    }
}
