/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import java.util.List;
import java.util.stream.Stream;

import org.exitpoint.isa.ops.GuardFault;
import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Row;

import static org.exitpoint.isa.row.Row.row;

/** All rows. */
public final class InstructionSet {
    /** What bytes that are no instruction decode to. */
    public static final Row INVALID_OPCODE = row("(bad)", "Invalid Opcode").enc("0F FF").does(InstructionSet::invalid);
    /** What an instruction of more than 15 bytes decodes to. */
    public static final Row TOO_LONG = row("(too long)", "Instruction Longer Than 15 Bytes").enc("0F FF")
        .does(InstructionSet::tooLong);

    private static final List<Row> ROWS = Stream.of(DataTransferInstructions.ROWS, BinaryArithmeticInstructions.ROWS,
        DecimalArithmeticInstructions.ROWS, LogicalInstructions.ROWS, ShiftAndRotateInstructions.ROWS,
        BitAndByteInstructions.ROWS, ControlTransferInstructions.ROWS, StringInstructions.ROWS,
        InputOutputInstructions.ROWS, EnterAndLeaveInstructions.ROWS, FlagControlInstructions.ROWS,
        SegmentRegisterInstructions.ROWS, MiscellaneousInstructions.ROWS, RandomNumberInstructions.ROWS,
        BitManipulationInstructions.ROWS, LongModeInstructions.ROWS, SystemInstructions.ROWS, VmxInstructions.ROWS,
        NotImplementedInstructions.ROWS).flatMap(List::stream).toList();

    private InstructionSet() {
    }

    /** All rows, group by group. */
    public static List<Row> rows() {
        return ROWS;
    }

    private static <V> void invalid(Ops<V> o) {
        o.guard(o.constant(Width.I1, 0), GuardFault.UD);
    }

    private static <V> void tooLong(Ops<V> o) {
        o.guard(o.constant(Width.I1, 0), GuardFault.GP0);
    }
}
