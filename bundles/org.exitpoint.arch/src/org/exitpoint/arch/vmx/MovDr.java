/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import java.util.List;
import org.exitpoint.arch.BitField;
import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.arch.NamedBits;
import org.exitpoint.arch.Sdm;

/**
 * The exit qualification of MOV DR.
 *
 * @param register number of the debug register, 0 to 7
 * @param fromDr true for MOV from DR
 * @param operand the general-purpose register
 */
@Sdm(section = "29.2.1", title = "Basic VM-Exit Information")
public record MovDr(int register, boolean fromDr, GeneralRegister operand) implements ExitQualification {
    private static final NamedBits REGISTER = new NamedBits("register", 0, 2, "Number of debug register");
    private static final NamedBits FROM_DR = new NamedBits("fromDr", 4, "Direction (0: MOV to DR; 1: MOV from DR)");
    private static final NamedBits OPERAND = new NamedBits("operand", 8, 11, "General-purpose register");
    private static final List<BitField> FIELDS = List.of(REGISTER, FROM_DR, OPERAND);

    static MovDr decode(long value) {
        return new MovDr((int) REGISTER.of(value), FROM_DR.isSet(value),
                GeneralRegister.ofNumber((int) OPERAND.of(value)));
    }

    @Override
    public long encode() {
        return REGISTER.encode(register) | FROM_DR.encode(fromDr) | OPERAND.encode(operand.number());
    }

    @Override
    public List<BitField> fields() {
        return FIELDS;
    }

    @Override
    public String inWords() {
        return fromDr ? "MOV from DR" + register + " to " + operand : "MOV to DR" + register + " from " + operand;
    }
}
