/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.isa.ops.Repeat;
import org.exitpoint.isa.ops.Segment;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Encoding;
import org.exitpoint.isa.row.Operand;
import org.exitpoint.isa.shape.ShapeKey;

/**
 * Where processors may differ from this machine: the manual leaves it open, or AMD's processors do otherwise than
 * Intel's, which this machine follows. Each is a decision that somebody made with both manuals at hand.
 */
enum ReviewedDifference {
    /** Double shifts by more than the operand's width. */
    DOUBLE_SHIFT_BEYOND_WIDTH(false, "SHLD, SHRD",
        "16-bit operands and a count above 16",
        "SDM vol. 2, SHLD and SHRD: \"If the count is greater than the operand size, the result is undefined.\"") {
        @Override
        boolean covers(Encoded encoded, StartState state, EngineSide engine) {
            ShapeKey key = encoded.instruction().shape().key();
            if (!key.row().mnemonic().matches("SH[LR]D") || key.operandWidth() != Width.I16) {
                return false;
            }
            boolean byRegister = ShapeEncoder.has(key.encoding(), Operand.Place.COUNT);
            long count = byRegister ? state.registers[1] : encoded.instruction().immediate();
            return (count & 31) > 16;
        }
    },
    /** An operand-size prefix on a near branch. */
    NEAR_BRANCH_OPERAND_SIZE(true, "JMP, Jcc, CALL, RET, LOOP, JRCXZ",
        "66 prefix in 64-bit mode",
        "SDM vol. 2, \"Instruction Prefixes\" and the opcode map's f64: the operand size is forced to 64 bits. "
            + "APM vol. 3, \"Near Branches in 64-Bit Mode\": the prefix makes the target 16 bits wide.") {
        @Override
        boolean covers(Encoded encoded, StartState state, EngineSide engine) {
            Encoding encoding = encoded.instruction().shape().key().encoding();
            return encoding.size() == Encoding.SizeRule.FORCED_64 && has(encoded, 0x66);
        }
    },
    /** A repeat prefix on a loop instruction. */
    REPEATED_LOOP(true, "LOOPE, LOOPNE",
        "F2 or F3 prefix",
        "SDM vol. 2, \"Instruction Prefixes\": repeat prefixes with other than string instructions are reserved, such "
            + "use \"may cause unpredictable behavior\". This machine ignores them; AMD's processors take the "
            + "condition from the prefix.") {
        @Override
        boolean covers(Encoded encoded, StartState state, EngineSide engine) {
            return encoded.instruction().shape().key().row().mnemonic().matches("LOOPN?E")
                && (has(encoded, 0xF2) || has(encoded, 0xF3));
        }
    },
    /** A call to outside of the code segment with no room on the stack. */
    CALL_FAULT_ORDER(true, "CALL",
        "a target beyond the code segment's limit and a stack that faults too",
        "SDM vol. 2, CALL, Operation: the target is checked first (#GP). AMD's processors push first.") {
        @Override
        boolean covers(Encoded encoded, StartState state, EngineSide engine) {
            return encoded.instruction().shape().key().row().mnemonic().equals("CALL")
                && engine.vector() == GENERAL_PROTECTION;
        }
    },
    /** Both operands of a comparison of strings fault. */
    STRING_COMPARISON_FAULT_ORDER(false, "CMPS",
        "both operands fault",
        "Neither manual says which operand is read first. This machine reads the first, AMD's processors the second.") {
        @Override
        boolean covers(Encoded encoded, StartState state, EngineSide engine) {
            ShapeKey key = encoded.instruction().shape().key();
            if (!key.row().mnemonic().equals("CMPS") || engine.vector() == NativeCase.COMPLETED) {
                return false;
            }
            long offset = engine.state().register(DI) & key.addressWidth().mask();
            long last = offset + key.operandWidth().bytes() - 1;
            boolean beyond = !key.mode().isLong() && last > engine.state().segmentLimit(Segment.ES.ordinal());
            return beyond || !Window.contains(engine.linear(Segment.ES.ordinal(), offset))
                || !Window.contains(engine.linear(Segment.ES.ordinal(), last));
        }
    },
    /** The reserved hints' register forms. */
    PREFETCH_OF_REGISTER(true, "NOP (0F 0D)",
        "a register operand",
        "SDM vol. 2, opcode map: reserved, a NOP on Intel's processors. APM vol. 3, PREFETCH: only memory forms; AMD's "
            + "processors raise #UD.") {
        @Override
        boolean covers(Encoded encoded, StartState state, EngineSide engine) {
            ShapeKey key = encoded.instruction().shape().key();
            return key.encoding().map() == 1 && key.encoding().opcode() == 0x0D && !key.memory();
        }
    },
    /** LOCK with MOV to and from CR0. */
    LOCKED_CR0(true, "MOV (0F 20, 0F 22)",
        "LOCK prefix and CR0",
        "SDM vol. 2, MOV: #UD with LOCK. APM vol. 3, MOV CRn: LOCK and CR0 together mean CR8.") {
        @Override
        boolean covers(Encoded encoded, StartState state, EngineSide engine) {
            return engine.vector() == INVALID_OPCODE && has(encoded, 0xF0) && opcodeFollows(encoded, 0x20, 0x22);
        }
    },
    /** LOCK with VERW. */
    LOCKED_VERW(true, "VERW",
        "LOCK prefix",
        "SDM vol. 2, VERR/VERW: #UD with LOCK, and so does the APM; AMD's processors of family 19h "
            + "ignore the prefix.") {
        @Override
        boolean covers(Encoded encoded, StartState state, EngineSide engine) {
            return engine.vector() == INVALID_OPCODE && has(encoded, 0xF0) && opcodeFollows(encoded, 0x00, 0x00);
        }
    },
    /** INS and OUTS of nothing without the right to the port. */
    REPEATED_INPUT_OF_NOTHING(false, "INS, OUTS",
        "a repeat prefix, a count of 0 and no right to the port",
        "SDM vol. 2, REP, Operation: with a count of 0 the string instruction is not executed, so nothing is checked. "
            + "Processors check the right to the port (#GP) before they look at the count.") {
        @Override
        boolean covers(Encoded encoded, StartState state, EngineSide engine) {
            ShapeKey key = encoded.instruction().shape().key();
            return key.row().mnemonic().matches("INS|OUTS") && key.repeat() != Repeat.NONE
                && (state.registers[1] & key.addressWidth().mask()) == 0;
        }
    },
    /** A segment register pushed in 32 bits. */
    SELECTOR_IN_32_BITS(true, "PUSH Sreg",
        "32-bit operand size",
        "SDM vol. 2, PUSH: \"either a zero-extended value is pushed on the stack or the segment selector is written "
            + "on the stack using a 16-bit move\", the latter on recent Intel processors and here. AMD's extend.") {
        @Override
        boolean covers(Encoded encoded, StartState state, EngineSide engine) {
            ShapeKey key = encoded.instruction().shape().key();
            return key.row().mnemonic().equals("PUSH") && key.operandWidth() == Width.I32
                && ShapeEncoder.has(key.encoding(), Operand.Place.FIXED_SEGMENT);
        }
    },
    /** ENTER, PUSHA and POPA that fault. */
    HALF_DONE_FRAME(false, "ENTER, PUSHA, POPA",
        "a fault",
        "SDM vol. 3, \"Exception Classifications\": a fault leaves the state as it was. Processors have stored some "
            + "of the registers, or loaded them (all but ESP), which a restart makes good.") {
        @Override
        boolean covers(Encoded encoded, StartState state, EngineSide engine) {
            return encoded.instruction().shape().key().row().mnemonic().matches("ENTER|(PUSHA|POPA)/.*")
                && engine.vector() != NativeCase.COMPLETED;
        }
    },
    /** BOUND whose upper bound cannot be read. */
    BOUND_READS(true, "BOUND",
        "an index below the lower bound, and an upper bound that faults",
        "SDM vol. 2, BOUND, Operation: both bounds are there when they are compared. AMD's processors read the upper "
            + "one when the lower one has let the index pass.") {
        @Override
        boolean covers(Encoded encoded, StartState state, EngineSide engine) {
            return encoded.instruction().shape().key().row().mnemonic().equals("BOUND")
                && engine.vector() != NativeCase.COMPLETED && engine.vector() != ExceptionVector.BR.vector();
        }
    },
    /** PAUSE with REX.B. */
    PAUSE_OF_R8(true, "PAUSE",
        "REX.B",
        "SDM vol. 2, PAUSE: F3 90 whatever REX is. AMD's processors take F3 and REX.B with 90 for XCHG of R8 "
            + "and RAX.") {
        @Override
        boolean covers(Encoded encoded, StartState state, EngineSide engine) {
            return encoded.instruction().shape().key().row().mnemonic().equals("PAUSE")
                && (encoded.bytes()[opcodeAt(encoded.bytes())] & 0xF1) == 0x41;
        }
    },
    /** SYSRET in compatibility mode. */
    SYSRET_IN_COMPATIBILITY_MODE(true, "SYSRET",
        "compatibility mode",
        "SDM vol. 2, SYSRET: #UD in compatibility mode. APM vol. 3: valid there, so #GP for the privilege level.") {
        @Override
        boolean covers(Encoded encoded, StartState state, EngineSide engine) {
            ShapeKey key = encoded.instruction().shape().key();
            return key.row().mnemonic().equals("SYSRET") && !key.mode().isLong();
        }
    },
    /** The segment in whose limit Linux hides the processor's number. */
    LIMIT_OF_PROCESSOR_NUMBER(false, "LSL",
        "selector 78H to 7BH",
        "No difference between processors: the limit is the number of the one that the host's kernel has chosen.") {
        @Override
        boolean covers(Encoded encoded, StartState state, EngineSide engine) {
            ShapeKey key = encoded.instruction().shape().key();
            long mask = key.operandWidth().mask() & 0xFFFF_FFFFL;
            return key.row().mnemonic().equals("LSL")
                && ((engine.state().register(encoded.instruction().reg()) ^ SiliconProcessor.NUMBER_LIMIT) & mask) == 0;
        }
    },
    /** ARPL to memory that faults. */
    ARPL_ACCESS(false, "ARPL",
        "a page fault",
        "Neither manual says whether an operand that need not change is written. This machine checks that it could be; "
            + "AMD's processors read first, so the error code is that of a read.") {
        @Override
        boolean covers(Encoded encoded, StartState state, EngineSide engine) {
            return encoded.instruction().shape().key().row().mnemonic().equals("ARPL") && engine.vector() == PAGE_FAULT;
        }
    };

    private static final int INVALID_OPCODE = 6;

    private static final int GENERAL_PROTECTION = 13;
    private static final int PAGE_FAULT = 14;
    private static final int DI = 7;

    private final boolean amdOnly;
    private final String rows;
    private final String when;
    private final String word;

    ReviewedDifference(boolean amdOnly, String rows, String when, String word) {
        this.amdOnly = amdOnly;
        this.rows = rows;
        this.when = when;
        this.word = word;
    }

    /** Whether it concerns processors of AMD only: on Intel's, cases are compared. */
    boolean isAmdOnly() {
        return amdOnly;
    }

    /** Mnemonics. */
    String rows() {
        return rows;
    }

    /** Which cases. */
    String when() {
        return when;
    }

    /** What the manuals say. */
    String word() {
        return word;
    }

    /** Whether a case that the engine has run is one of these. */
    abstract boolean covers(Encoded encoded, StartState state, EngineSide engine);

    /** The difference that covers a case; null if none does. */
    static ReviewedDifference of(Encoded encoded, StartState state, EngineSide engine, boolean amd) {
        for (ReviewedDifference difference : values()) {
            if ((amd || !difference.amdOnly) && difference.covers(encoded, state, engine)) {
                return difference;
            }
        }
        return null;
    }

    /** Whether one of the legacy prefixes is this byte. */
    private static boolean has(Encoded encoded, int prefix) {
        int opcode = opcodeAt(encoded.bytes());
        for (int i = 0; i < opcode; i++) {
            if ((encoded.bytes()[i] & 0xFF) == prefix) {
                return true;
            }
        }
        return false;
    }

    /** Whether the opcode is one of two after 0F. */
    private static boolean opcodeFollows(Encoded encoded, int first, int second) {
        int at = opcodeAt(encoded.bytes());
        boolean rex = (encoded.bytes()[at] & 0xF0) == 0x40;
        int opcode = encoded.bytes()[at + (rex ? 2 : 1)] & 0xFF;
        return opcode == first || opcode == second;
    }

    /** Where the legacy prefixes end. */
    private static int opcodeAt(byte[] bytes) {
        int at = 0;
        while (at < bytes.length && isLegacyPrefix(bytes[at] & 0xFF)) {
            at++;
        }
        return at;
    }

    private static boolean isLegacyPrefix(int value) {
        return switch (value) {
            case 0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65, 0x66, 0x67, 0xF0, 0xF2, 0xF3 -> true;
            default -> false;
        };
    }
}
