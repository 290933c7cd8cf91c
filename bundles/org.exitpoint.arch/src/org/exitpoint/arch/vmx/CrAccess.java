/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import java.util.List;
import java.util.Locale;
import org.exitpoint.arch.BitField;
import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.arch.NamedBits;
import org.exitpoint.arch.Sdm;

/**
 * The exit qualification of control-register accesses.
 *
 * @param register number of the control register; 0 for CLTS and LMSW
 * @param type how it was accessed
 * @param lmswFromMemory LMSW only: the operand is in memory
 * @param operand MOV CR only: the general-purpose register; RAX (0) otherwise
 * @param lmswSource LMSW only: the 16 bits of source data; 0 otherwise
 */
@Sdm(section = "29.2.1", title = "Basic VM-Exit Information")
public record CrAccess(int register, Type type, boolean lmswFromMemory, GeneralRegister operand, int lmswSource)
        implements ExitQualification {
    private static final NamedBits REGISTER = new NamedBits("register", 0, 3, "Number of control register");
    private static final NamedBits TYPE =
            new NamedBits("type", 4, 5, "Access type (0: MOV to CR; 1: MOV from CR; 2: CLTS; 3: LMSW)");
    private static final NamedBits LMSW_MEMORY =
            new NamedBits("lmswFromMemory", 6, "LMSW operand type (0: register; 1: memory)");
    private static final NamedBits OPERAND = new NamedBits("operand", 8, 11, "General-purpose register of MOV CR");
    private static final NamedBits LMSW_SOURCE = new NamedBits("lmswSource", 16, 31, "LMSW source data");
    private static final List<BitField> FIELDS = List.of(REGISTER, TYPE, LMSW_MEMORY, OPERAND, LMSW_SOURCE);
    private static final Type[] TYPES = Type.values();

    /** How a control register was accessed, in the order of the numbers. */
    public enum Type {
        /** MOV to CR. */
        MOV_TO_CR,
        /** MOV from CR. */
        MOV_FROM_CR,
        /** CLTS. */
        CLTS,
        /** LMSW. */
        LMSW
    }

    /**
     * The qualification of a MOV to a control register.
     *
     * @param register 0, 3, 4 or 8
     * @param source the source operand
     * @return the qualification
     */
    public static CrAccess movTo(int register, GeneralRegister source) {
        return new CrAccess(register, Type.MOV_TO_CR, false, source, 0);
    }

    /**
     * The qualification of a MOV from a control register.
     *
     * @param register 3 or 8
     * @param destination the destination operand
     * @return the qualification
     */
    public static CrAccess movFrom(int register, GeneralRegister destination) {
        return new CrAccess(register, Type.MOV_FROM_CR, false, destination, 0);
    }

    /**
     * The qualification of CLTS.
     *
     * @return the qualification
     */
    public static CrAccess clts() {
        return new CrAccess(0, Type.CLTS, false, GeneralRegister.RAX, 0);
    }

    /**
     * The qualification of LMSW.
     *
     * @param source the 16-bit source operand
     * @param fromMemory whether it is in memory
     * @return the qualification
     */
    public static CrAccess lmsw(int source, boolean fromMemory) {
        return new CrAccess(0, Type.LMSW, fromMemory, GeneralRegister.RAX, source);
    }

    static CrAccess decode(long value) {
        return new CrAccess((int) REGISTER.of(value), TYPES[(int) TYPE.of(value)], LMSW_MEMORY.isSet(value),
                GeneralRegister.ofNumber((int) OPERAND.of(value)), (int) LMSW_SOURCE.of(value));
    }

    @Override
    public long encode() {
        return REGISTER.encode(register) | TYPE.encode(type.ordinal()) | LMSW_MEMORY.encode(lmswFromMemory)
                | OPERAND.encode(operand.number()) | LMSW_SOURCE.encode(lmswSource);
    }

    @Override
    public List<BitField> fields() {
        return FIELDS;
    }

    @Override
    public String inWords() {
        return switch (type) {
            case MOV_TO_CR -> "MOV to CR" + register + " from " + operand;
            case MOV_FROM_CR -> "MOV from CR" + register + " to " + operand;
            case CLTS -> "CLTS";
            case LMSW -> String.format(Locale.ROOT, "LMSW 0x%04x from %s", lmswSource,
                    lmswFromMemory ? "memory" : "a register");
        };
    }
}
