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
 * The exit qualification of I/O instructions.
 *
 * @param size access size: 1, 2 or 4 bytes
 * @param in true for IN and INS
 * @param string true for INS and OUTS
 * @param rep true if REP-prefixed
 * @param immediate true if the port is an immediate operand
 * @param port the port, 0 to FFFFH
 */
@Sdm(section = "29.2.1", title = "Basic VM-Exit Information")
public record IoInstruction(int size, boolean in, boolean string, boolean rep, boolean immediate, int port)
        implements ExitQualification {
    private static final NamedBits SIZE = new NamedBits("size", 0, 2, "Size of access in bytes, less 1");
    private static final NamedBits IN = new NamedBits("in", 3, "Direction (0: OUT; 1: IN)");
    private static final NamedBits STRING = new NamedBits("string", 4, "String instruction");
    private static final NamedBits REP = new NamedBits("rep", 5, "REP prefixed");
    private static final NamedBits IMMEDIATE = new NamedBits("immediate", 6, "Operand encoding (0: DX; 1: immediate)");
    private static final NamedBits PORT = new NamedBits("port", 16, 31, "Port number");
    private static final List<BitField> FIELDS = List.of(SIZE, IN, STRING, REP, IMMEDIATE, PORT);

    static IoInstruction decode(long value) {
        return new IoInstruction((int) SIZE.of(value) + 1, IN.isSet(value), STRING.isSet(value), REP.isSet(value),
                IMMEDIATE.isSet(value), (int) PORT.of(value));
    }

    @Override
    public long encode() {
        return SIZE.encode(size - 1L) | IN.encode(in) | STRING.encode(string) | REP.encode(rep)
                | IMMEDIATE.encode(immediate) | PORT.encode(port);
    }

    @Override
    public List<BitField> fields() {
        return FIELDS;
    }

    @Override
    public String inWords() {
        String name = string ? in ? "INS" : "OUTS" : in ? "IN" : "OUT";
        return String.format(Locale.ROOT, "%s%s of %d byte%s, port 0x%x (%s)", rep ? "REP " : "", name, size,
                size == 1 ? "" : "s", port, immediate ? "immediate" : "DX");
    }
}
