/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.row;

/**
 * Where an operand stands and how wide it is, named as in the manual's opcode map: an addressing method in upper case
 * and a type in lower case (SDM vol. 2, "Key to Abbreviations").
 */
public enum Operand {
    /** ModRM rm, byte. */
    Eb(Place.RM, Size.BYTE),
    /** ModRM rm, word. */
    Ew(Place.RM, Size.WORD),
    /** ModRM rm, doubleword. */
    Ed(Place.RM, Size.DOUBLEWORD),
    /** ModRM rm, quadword. */
    Eq(Place.RM, Size.QUADWORD),
    /** ModRM rm, word with 16-bit operand size, else doubleword. */
    Ez(Place.RM, Size.WORD_OR_DOUBLE),
    /** ModRM rm of a size the row does not say. */
    E(Place.RM, Size.NONE),
    /** ModRM rm, operand size. */
    Ev(Place.RM, Size.OPERAND),
    /** ModRM rm, doubleword or with REX.W quadword. */
    Ey(Place.RM, Size.DOUBLE_OR_QUAD),
    /** ModRM reg, byte. */
    Gb(Place.REG, Size.BYTE),
    /** ModRM reg, word. */
    Gw(Place.REG, Size.WORD),
    /** ModRM reg, doubleword. */
    Gd(Place.REG, Size.DOUBLEWORD),
    /** ModRM reg, operand size. */
    Gv(Place.REG, Size.OPERAND),
    /** ModRM reg, doubleword or with REX.W quadword. */
    Gy(Place.REG, Size.DOUBLE_OR_QUAD),
    /** ModRM reg, 64 bits in 64-bit mode, else 32. */
    Gm(Place.REG, Size.MODE),
    /** VEX.vvvv, doubleword or with VEX.W quadword. */
    By(Place.VVVV, Size.DOUBLE_OR_QUAD),
    /** ModRM rm, a register of 64 bits in 64-bit mode, else 32. */
    Rm(Place.RM_REGISTER, Size.MODE),
    /** ModRM rm, 64 bits in 64-bit mode, else 32. */
    Em(Place.RM, Size.MODE),
    /** ModRM rm: memory of a size the row knows. */
    M(Place.MEMORY, Size.NONE),
    /** ModRM rm: memory, byte, that is touched but not read. */
    Mb(Place.MEMORY, Size.NONE),
    /** ModRM rm: memory, word. */
    Mw(Place.MEMORY, Size.WORD),
    /** ModRM rm: memory, operand size. */
    Mv(Place.MEMORY, Size.OPERAND),
    /** ModRM rm: memory, doubleword or with REX.W quadword. */
    My(Place.MEMORY, Size.DOUBLE_OR_QUAD),
    /** ModRM rm: memory, quadword. */
    Mq(Place.MEMORY, Size.QUADWORD),
    /** ModRM rm: far pointer in memory. */
    Mp(Place.MEMORY, Size.NONE),
    /** Register in the opcode, byte. */
    Zb(Place.REG, Size.BYTE),
    /** Register in the opcode, operand size. */
    Zv(Place.REG, Size.OPERAND),
    /** AL. */
    AL(Place.ACCUMULATOR, Size.BYTE),
    /** AX, EAX or RAX. */
    rAX(Place.ACCUMULATOR, Size.OPERAND),
    /** AX or EAX: a doubleword at most. */
    eAX(Place.ACCUMULATOR, Size.WORD_OR_DOUBLE),
    /** CL as a count. */
    CL(Place.COUNT, Size.NONE),
    /** DX as a port. */
    DX(Place.PORT, Size.WORD_IMMEDIATE),
    /** The constant 1. */
    ONE(Place.ONE, Size.NONE),
    /** Immediate byte. */
    Ib(Place.IMMEDIATE, Size.NONE, 1),
    /** Immediate byte, sign-extended to the operand size. */
    Ibs(Place.IMMEDIATE, Size.OPERAND_FROM, 1),
    /** Immediate word. */
    Iw(Place.IMMEDIATE, Size.WORD_IMMEDIATE, 2),
    /** Immediate of operand size, at most a sign-extended doubleword. */
    Iz(Place.IMMEDIATE, Size.OPERAND_FROM, Operand.BYTES_Z),
    /** Immediate of operand size up to a quadword. */
    Iv(Place.IMMEDIATE, Size.OPERAND_FROM, Operand.BYTES_V),
    /** Second immediate: a byte. */
    I2b(Place.IMMEDIATE2, Size.NONE, 1),
    /** Second immediate: a word (selector of a far pointer). */
    I2w(Place.IMMEDIATE2, Size.WORD_IMMEDIATE, 2),
    /** Relative branch, byte. */
    Jb(Place.RELATIVE, Size.NONE, 1),
    /** Relative branch, word or doubleword. */
    Jz(Place.RELATIVE, Size.NONE, Operand.BYTES_Z),
    /** Memory at an absolute offset in the code, byte. */
    Ob(Place.OFFSET, Size.BYTE),
    /** Memory at an absolute offset in the code, operand size. */
    Ov(Place.OFFSET, Size.OPERAND),
    /** Segment register in ModRM reg. */
    Sw(Place.SEGMENT, Size.WORD_IMMEDIATE),
    /** ES, fixed. */
    ES(Place.FIXED_SEGMENT, Size.WORD_IMMEDIATE),
    /** CS, fixed. */
    CS(Place.FIXED_SEGMENT, Size.WORD_IMMEDIATE),
    /** SS, fixed. */
    SS(Place.FIXED_SEGMENT, Size.WORD_IMMEDIATE),
    /** DS, fixed. */
    DS(Place.FIXED_SEGMENT, Size.WORD_IMMEDIATE),
    /** FS, fixed. */
    FS(Place.FIXED_SEGMENT, Size.WORD_IMMEDIATE),
    /** GS, fixed. */
    GS(Place.FIXED_SEGMENT, Size.WORD_IMMEDIATE),
    /** Control register in ModRM reg. */
    Cm(Place.CONTROL, Size.NONE),
    /** Debug register in ModRM reg. */
    Dm(Place.DEBUG, Size.NONE),
    /** Memory at rSI, byte. */
    Xb(Place.STRING_SOURCE, Size.BYTE),
    /** Memory at rSI, a word or doubleword. */
    Xz(Place.STRING_SOURCE, Size.WORD_OR_DOUBLE),
    /** Memory at rSI, operand size. */
    Xv(Place.STRING_SOURCE, Size.OPERAND),
    /** Memory at ES:rDI, byte. */
    Yb(Place.STRING_DESTINATION, Size.BYTE),
    /** Memory at ES:rDI, a word or doubleword. */
    Yz(Place.STRING_DESTINATION, Size.WORD_OR_DOUBLE),
    /** Memory at ES:rDI, operand size. */
    Yv(Place.STRING_DESTINATION, Size.OPERAND);

    /** Immediate bytes: 2 with 16-bit operand size, else 4. */
    public static final int BYTES_Z = -1;
    /** Immediate bytes: those of the operand size. */
    public static final int BYTES_V = -2;

    /** Where an operand stands. */
    public enum Place {
        /** ModRM rm: register or memory. */
        RM,
        /** ModRM rm: register only. */
        RM_REGISTER,
        /** ModRM rm: memory only. */
        MEMORY,
        /** ModRM reg, or the opcode's low bits. */
        REG,
        /** VEX.vvvv. */
        VVVV,
        /** AL, AX, EAX or RAX. */
        ACCUMULATOR,
        /** CL. */
        COUNT,
        /** DX. */
        PORT,
        /** The constant 1. */
        ONE,
        /** First immediate. */
        IMMEDIATE,
        /** Second immediate. */
        IMMEDIATE2,
        /** Branch displacement, in the first immediate's slot. */
        RELATIVE,
        /** Absolute offset in the code. */
        OFFSET,
        /** Segment register. */
        SEGMENT,
        /** A segment register that the opcode implies. */
        FIXED_SEGMENT,
        /** Control register. */
        CONTROL,
        /** Debug register. */
        DEBUG,
        /** Segment:rSI. */
        STRING_SOURCE,
        /** ES:rDI. */
        STRING_DESTINATION
    }

    /** How wide an operand is. */
    public enum Size {
        /** A byte, and it makes the instruction a byte form. */
        BYTE,
        /** A word. */
        WORD,
        /** A word that says nothing of the operand size. */
        WORD_IMMEDIATE,
        /** A doubleword. */
        DOUBLEWORD,
        /** A quadword. */
        QUADWORD,
        /** A word with 16-bit operand size, else a doubleword. */
        WORD_OR_DOUBLE,
        /** The operand size. */
        OPERAND,
        /** The operand size, but a byte form stays one. */
        OPERAND_FROM,
        /** 32 bits, with REX.W or VEX.W 64. */
        DOUBLE_OR_QUAD,
        /** 64 bits in 64-bit mode, else 32. */
        MODE,
        /** A byte, or no size at all. */
        NONE
    }

    private final Place place;
    private final Size size;
    private final int immediateBytes;

    Operand(Place place, Size size) {
        this(place, size, 0);
    }

    Operand(Place place, Size size, int immediateBytes) {
        this.place = place;
        this.size = size;
        this.immediateBytes = immediateBytes;
    }

    /** Where it stands. */
    public Place place() {
        return place;
    }

    /** How wide it is. */
    public Size size() {
        return size;
    }

    /** Bytes in the code: a number, 0, {@link #BYTES_Z} or {@link #BYTES_V}. */
    public int immediateBytes() {
        return immediateBytes;
    }

    /** Number of the segment register that a fixed segment operand is. */
    public int fixedSegment() {
        if (place != Place.FIXED_SEGMENT) {
            throw new IllegalStateException(this + " is no fixed segment register");
        }
        return ordinal() - ES.ordinal();
    }

    /** Whether it needs a ModRM byte. */
    public boolean needsModRm() {
        return switch (place) {
            case RM, RM_REGISTER, MEMORY, SEGMENT, CONTROL, DEBUG -> true;
            case REG -> this != Zb && this != Zv;
            default -> false;
        };
    }

    /** Whether it may be in memory through ModRM. */
    public boolean isModRmMemory() {
        return place == Place.RM || place == Place.MEMORY;
    }
}
