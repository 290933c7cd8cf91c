/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import java.util.List;
import java.util.Objects;
import org.exitpoint.arch.BitField;
import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.arch.NamedBits;
import org.exitpoint.arch.Sdm;

/**
 * The format that the VM-entry and VM-exit interruption information and the IDT-vectoring information share.
 *
 * @param vector the vector, 0 to 255
 * @param type the interruption type
 * @param errorCode whether the error-code field belongs to it (on VM entry: whether an error code is delivered)
 * @param nmiUnblocking NMI unblocking due to IRET; VM-exit interruption information only
 */
@Sdm(section = "26.9.2", title = "Information for VM Exits Due to Vectored Events")
public record InterruptionInfo(int vector, Type type, boolean errorCode, boolean nmiUnblocking) {
    /** Bits 7:0. */
    public static final NamedBits VECTOR = new NamedBits("vector", 0, 7, "Vector of interrupt or exception");
    /** Bits 10:8. */
    public static final NamedBits TYPE = new NamedBits("type", 8, 10, "Interruption type");
    /** Bit 11. */
    public static final NamedBits ERROR_CODE = new NamedBits("errorCode", 11, "Error code valid, or to be delivered");
    /** Bit 12. */
    public static final NamedBits NMI_UNBLOCKING = new NamedBits("nmiUnblocking", 12, "NMI unblocking due to IRET");
    /** Bit 31. */
    public static final NamedBits VALID = new NamedBits("valid", 31, "Valid");
    /** All fields of the format. */
    public static final List<BitField> FIELDS = List.of(VECTOR, TYPE, ERROR_CODE, NMI_UNBLOCKING, VALID);

    /** The interruption types, in the order of their numbers. */
    public enum Type {
        /** 0. */
        EXTERNAL_INTERRUPT("external interrupt"),
        /** 1: not used on VM entry. */
        RESERVED("reserved type 1"),
        /** 2. */
        NMI("NMI"),
        /** 3: an exception other than those caused by INT1, INT3 and INTO. */
        HARDWARE_EXCEPTION("hardware exception"),
        /** 4: INT n. */
        SOFTWARE_INTERRUPT("software interrupt"),
        /** 5: INT1. */
        PRIVILEGED_SOFTWARE_EXCEPTION("privileged software exception"),
        /** 6: INT3 or INTO. */
        SOFTWARE_EXCEPTION("software exception"),
        /** 7: an event that is not delivered through the IDT. */
        OTHER_EVENT("other event");

        private static final Type[] ALL = values();
        private final String words;

        Type(String words) {
            this.words = words;
        }

        /**
         * The value of bits 10:8.
         *
         * @return 0 to 7
         */
        public int number() {
            return ordinal();
        }

        /**
         * Whether software causes the event, so that the instruction's length counts.
         *
         * @return true for types 4 to 6
         */
        public boolean isSoftware() {
            return this == SOFTWARE_INTERRUPT || this == PRIVILEGED_SOFTWARE_EXCEPTION || this == SOFTWARE_EXCEPTION;
        }

        /**
         * Finds a type by its number.
         *
         * @param number 0 to 7
         * @return the type
         */
        public static Type ofNumber(int number) {
            return ALL[number];
        }
    }

    /** Rejects a missing type. */
    public InterruptionInfo {
        Objects.requireNonNull(type);
    }

    /**
     * Whether a field in this format describes an event at all.
     *
     * @param field the field
     * @return bit 31
     */
    public static boolean isValid(long field) {
        return VALID.isSet(field);
    }

    /**
     * Decodes a field, whether valid or not.
     *
     * @param field the field
     * @return its parts
     */
    public static InterruptionInfo decode(long field) {
        return new InterruptionInfo((int) VECTOR.of(field), Type.ofNumber((int) TYPE.of(field)),
                ERROR_CODE.isSet(field), NMI_UNBLOCKING.isSet(field));
    }

    /**
     * The field with the valid bit set.
     *
     * @return 32 bits, zero-extended
     * @throws IllegalArgumentException if the vector is not in 0 to 255
     */
    public long encode() {
        return VECTOR.encode(vector) | TYPE.encode(type.number()) | ERROR_CODE.encode(errorCode)
                | NMI_UNBLOCKING.encode(nmiUnblocking) | VALID.mask();
    }

    /**
     * The event in words.
     *
     * @return for example {@code "hardware exception #PF with error code"}
     */
    public String inWords() {
        boolean exception = type == Type.HARDWARE_EXCEPTION || type == Type.SOFTWARE_EXCEPTION
                || type == Type.PRIVILEGED_SOFTWARE_EXCEPTION;
        String what = switch (type) {
            case NMI -> "NMI";
            case OTHER_EVENT -> vector == 0 ? "pending MTF VM exit" : type.words + " " + vector;
            default -> type.words + " " + (exception ? ExceptionVector.nameOf(vector)
                    : "vector 0x" + Integer.toHexString(vector));
        };
        return what + (errorCode ? " with error code" : "") + (nmiUnblocking ? ", NMI unblocking due to IRET" : "");
    }
}
