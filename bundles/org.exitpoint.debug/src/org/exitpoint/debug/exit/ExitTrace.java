/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.exit;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Optional;
import org.exitpoint.debug.api.inspect.ExitInformation;
import org.exitpoint.debug.api.inspect.InstructionText;
import org.exitpoint.debug.api.inspect.VmcsFieldValue;

/**
 * Writes VM exits as JSON lines: one object a line, in the order of the exits. The same run gives the same bytes on any
 * engine and any day. Numbers that may need more than 53 bits are strings of hexadecimal digits with {@code 0x}.
 *
 * <p>Members: {@code index}, {@code guest} and {@code vcpu}; {@code reason} (the manual's name) and {@code number};
 * {@code category} (reason and attributes, in the grammar of exit filters); {@code qualification} and {@code words};
 * {@code rip}; {@code instruction} (bytes) and {@code disassembly}, unless the instruction could not be read;
 * {@code steps}; {@code fields}, the further exit-information fields that are defined for the exit.
 */
public final class ExitTrace implements AutoCloseable {
    private final Writer out;
    private long index;

    /** A trace into a writer, which it owns. */
    public ExitTrace(Writer out) {
        this.out = out;
    }

    /**
     * Writes an exit.
     *
     * @param guest the guest's name
     * @param exit the exit
     * @throws UncheckedIOException if it cannot be written
     */
    public void write(String guest, ExitInformation exit) {
        try {
            StringWriter line = new StringWriter();
            try (JsonWriter json = new JsonWriter(line)) {
                write(json, guest, exit);
            }
            out.append(line.getBuffer()).append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(JsonWriter json, String guest, ExitInformation exit) throws IOException {
        json.beginObject();
        json.name("index").value(index++);
        json.name("guest").value(guest);
        json.name("vcpu").value(exit.vcpu());
        writeMembers(json, exit);
        json.endObject();
    }

    /**
     * Writes the members that describe an exit into an open object.
     *
     * @param json where to
     * @param exit the exit
     * @throws IOException if it cannot be written
     */
    public static void writeMembers(JsonWriter json, ExitInformation exit) throws IOException {
        json.name("reason").value(exit.name());
        json.name("number").value(exit.number());
        json.name("category").value(exit.key().map(Object::toString).orElse(exit.name()));
        json.name("qualification").value(hex(exit.qualification()));
        json.name("words").value(exit.words());
        json.name("rip").value(hex(exit.guestRip()));
        Optional<InstructionText> instruction = exit.instruction();
        if (instruction.isPresent()) {
            json.name("instruction").value(instruction.get().bytes());
            json.name("disassembly").value(instruction.get().text());
        }
        json.name("steps").value(exit.steps());
        json.name("fields").beginObject();
        for (VmcsFieldValue field : exit.fields()) {
            json.name(field.field().name()).value(hex(field.value()));
        }
        json.endObject();
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    /** Writes out what is buffered. */
    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
