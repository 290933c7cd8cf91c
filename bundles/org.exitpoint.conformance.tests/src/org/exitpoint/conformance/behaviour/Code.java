/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.behaviour;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Machine code under construction: bytes as the manual writes them, and labels. */
public final class Code {
    /** Register numbers, for {@link #mov}. */
    public static final int RAX = 0;
    /** RCX. */
    public static final int RCX = 1;
    /** RDX. */
    public static final int RDX = 2;
    /** RBX. */
    public static final int RBX = 3;
    /** RSP. */
    public static final int RSP = 4;
    /** RBP. */
    public static final int RBP = 5;
    /** RSI. */
    public static final int RSI = 6;
    /** RDI. */
    public static final int RDI = 7;

    private final long start;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Map<String, Long> labels = new HashMap<>();
    private final Map<Integer, Consumer<byte[]>> references = new HashMap<>();

    /** Code that begins at an address. */
    public Code(long start) {
        this.start = start;
    }

    /** Bytes in hexadecimal, blanks between. */
    public Code hex(String digits) {
        bytes.writeBytes(HexFormat.of().parseHex(digits.replace(" ", "")));
        return this;
    }

    /** The low bytes of a value, the lowest first. */
    public Code value(long value, int count) {
        for (int i = 0; i < count; i++) {
            bytes.write((int) (value >>> 8 * i));
        }
        return this;
    }

    /** Names the present address. */
    public Code label(String name) {
        if (labels.put(name, here()) != null) {
            throw new IllegalArgumentException("two labels " + name);
        }
        return this;
    }

    /** The present address. */
    public long here() {
        return start + bytes.size();
    }

    /** The address of a label that has been set. */
    public long address(String label) {
        Long address = labels.get(label);
        if (address == null) {
            throw new IllegalArgumentException("no label " + label);
        }
        return address;
    }

    /** Fills with NOP up to an address. */
    public Code upTo(long address) {
        if (here() > address) {
            throw new IllegalArgumentException("0x%x is behind 0x%x".formatted(here(), address));
        }
        while (here() < address) {
            hex("90");
        }
        return this;
    }

    /** The distance from behind these 4 bytes to a label. */
    public Code relative(String label) {
        int at = bytes.size();
        references.put(at, all -> patch(all, at, 4, address(label) - (start + at + 4)));
        return value(0, 4);
    }

    /** The address of a label in so many bytes. */
    public Code absolute(String label, int count) {
        int at = bytes.size();
        references.put(at, all -> patch(all, at, count, address(label)));
        return value(0, count);
    }

    private static void patch(byte[] all, int at, int count, long value) {
        for (int i = 0; i < count; i++) {
            all[at + i] = (byte) (value >>> 8 * i);
        }
    }

    /** MOV of a number to a 64-bit register, 0 to 7. */
    public Code mov(int register, long value) {
        return hex("48").value(0xB8 + register, 1).value(value, 8);
    }

    /** MOV of a label's address to a 64-bit register, 0 to 7. */
    public Code mov(int register, String label) {
        return hex("48").value(0xB8 + register, 1).absolute(label, 8);
    }

    /** JMP. */
    public Code jmp(String label) {
        return hex("E9").relative(label);
    }

    /** Jcc: the low four bits of the opcode say which. */
    public Code jcc(int condition, String label) {
        return hex("0F").value(0x80 + condition, 1).relative(label);
    }

    /** CALL. */
    public Code call(String label) {
        return hex("E8").relative(label);
    }

    /** Has the recorder return to a label from now on. Uses RAX. */
    Code resumeAt(String label) {
        return mov(RAX, label).hex("48 A3").value(World.RESUME, 8);
    }

    /** Goes to a label at level 3 with IOPL 3. Uses RAX. */
    Code toUser(String label) {
        hex("68").value(World.USER_DATA, 4).hex("68").value(World.STACK - 0x1000, 4).hex("68").value(0x3002, 4);
        return hex("68").value(World.USER64, 4).mov(RAX, label).hex("50 48 CF");
    }

    /** OUT F4h, AL: ends the run. */
    public Code exit() {
        return hex("E6 F4");
    }

    /** The bytes. */
    public byte[] bytes() {
        byte[] all = bytes.toByteArray();
        references.values().forEach(reference -> reference.accept(all));
        return all;
    }
}
