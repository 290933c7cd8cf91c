/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import java.util.List;

import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.isa.ops.GuardFault;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.ops.Intercept;
import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.ops.Segment;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Row;

import static org.exitpoint.isa.row.Operand.Ed;
import static org.exitpoint.isa.row.Operand.Ev;
import static org.exitpoint.isa.row.Operand.Gd;
import static org.exitpoint.isa.row.Operand.Gv;
import static org.exitpoint.isa.row.Operand.Gy;
import static org.exitpoint.isa.row.Operand.M;
import static org.exitpoint.isa.row.Operand.Mb;
import static org.exitpoint.isa.row.Operand.Mv;
import static org.exitpoint.isa.row.Operand.My;
import static org.exitpoint.isa.row.Row.row;

/** Miscellaneous instructions (SDM vol. 1, "Miscellaneous Instructions"). */
final class MiscellaneousInstructions {
    private static final String UD_TITLE = "Undefined Instruction";

    private static final Row LEA = row("LEA", "Load Effective Address").enc("8D /r", Gv, M)
        .does(MiscellaneousInstructions::lea);
    private static final Row NOP = nops();
    private static final Row ENDBR64 = row("ENDBR64", "Terminate an Indirect Branch in 64-bit Mode").enc("F3 0F 1E FA")
        .does(MiscellaneousInstructions::nop);
    private static final Row ENDBR32 = row("ENDBR32", "Terminate an Indirect Branch in 32-bit and Compatibility Mode")
        .enc("F3 0F 1E FB").does(MiscellaneousInstructions::nop);
    private static final Row UD0 = row("UD0", UD_TITLE).enc("0F FF /r", Gd, Ed).does(MiscellaneousInstructions::ud);
    private static final Row UD1 = row("UD1", UD_TITLE).enc("0F B9 /r", Gd, Ed).does(MiscellaneousInstructions::ud);
    private static final Row UD2 = row("UD2", UD_TITLE).enc("0F 0B").does(MiscellaneousInstructions::ud);
    private static final Row RSM = row("RSM", "Resume From System Management Mode").enc("0F AA")
        .does(MiscellaneousInstructions::ud);
    private static final Row XLAT = row("XLAT", "Table Look-up Translation").enc("D7")
        .does(MiscellaneousInstructions::xlat);
    private static final Row CPUID = row("CPUID", "CPU Identification").enc("0F A2").exits(Intercept.CPUID)
        .does(MiscellaneousInstructions::cpuid);
    private static final Row MOVBE = row("MOVBE", "Move Data After Swapping Bytes").feature(CpuidFeature.MOVBE)
        .enc("NFx 0F 38 F0 /r", Gv, Mv).enc("NFx 0F 38 F1 /r", Mv, Gv).does(MiscellaneousInstructions::movbe);
    private static final Row PREFETCH = prefetch("PREFETCH", 0);
    private static final Row PREFETCHW = prefetch("PREFETCHW", 1);
    private static final Row PREFETCHWT1 = prefetch("PREFETCHWT1", 2);
    private static final Row PREFETCHNTA = prefetchHint("PREFETCHNTA", 0);
    private static final Row PREFETCHT0 = prefetchHint("PREFETCHT0", 1);
    private static final Row PREFETCHT1 = prefetchHint("PREFETCHT1", 2);
    private static final Row PREFETCHT2 = prefetchHint("PREFETCHT2", 3);
    private static final Row CLFLUSH = row("CLFLUSH", "Flush Cache Line").feature(CpuidFeature.CLFSH)
        .enc("NP 0F AE /7", Mb).does(MiscellaneousInstructions::flushLine);
    private static final Row CLFLUSHOPT = row("CLFLUSHOPT", "Flush Cache Line Optimized")
        .feature(CpuidFeature.CLFLUSHOPT).enc("66 0F AE /7", Mb).does(MiscellaneousInstructions::flushLine);
    private static final Row CLWB = row("CLWB", "Cache Line Write Back").feature(CpuidFeature.CLWB)
        .enc("66 0F AE /6", Mb).does(MiscellaneousInstructions::flushLine);
    private static final Row CLDEMOTE = row("CLDEMOTE", "Cache Line Demote").feature(CpuidFeature.CLDEMOTE)
        .enc("NP 0F 1C /0", Mb).does(MiscellaneousInstructions::nop);
    private static final Row SERIALIZE = row("SERIALIZE", "Serialize Instruction Execution")
        .feature(CpuidFeature.SERIALIZE).enc("NP 0F 01 E8").does(MiscellaneousInstructions::nop);
    private static final Row MOVDIRI = row("MOVDIRI", "Move Doubleword as Direct Store").feature(CpuidFeature.MOVDIRI)
        .enc("NP 0F 38 F9 /r", My, Gy).does(MiscellaneousInstructions::movdiri);
    private static final Row LFENCE = row("LFENCE", "Load Fence").feature(CpuidFeature.SSE2)
        .enc("NP 0F AE /5 mod=3").does(MiscellaneousInstructions::nop);
    private static final Row MFENCE = row("MFENCE", "Memory Fence").feature(CpuidFeature.SSE2)
        .enc("NP 0F AE /6 mod=3").does(MiscellaneousInstructions::nop);
    private static final Row SFENCE = row("SFENCE", "Store Fence").feature(CpuidFeature.SSE)
        .enc("NP 0F AE /7 mod=3").does(MiscellaneousInstructions::nop);
    private static final Row PAUSE = row("PAUSE", "Spin Loop Hint").enc("F3 90").exits(Intercept.PAUSE)
        .does(MiscellaneousInstructions::pause);

    static final List<Row> ROWS = List.of(LEA, NOP, ENDBR64, ENDBR32, UD0, UD1, UD2, RSM, XLAT, CPUID, MOVBE, PREFETCH,
        PREFETCHW, PREFETCHWT1, PREFETCHNTA, PREFETCHT0, PREFETCHT1, PREFETCHT2, CLFLUSH, CLFLUSHOPT, CLWB, CLDEMOTE,
        SERIALIZE, MOVDIRI, LFENCE, MFENCE, SFENCE, PAUSE);

    private MiscellaneousInstructions() {
    }

    /** 90, and the opcodes that are reserved for hints: what a processor does not know of them is a NOP. */
    private static Row nops() {
        Row.Builder row = row("NOP", "No Operation").enc("90 b=0");
        for (int opcode = 0x18; opcode <= 0x1F; opcode++) {
            row.enc("0F %02X /r".formatted(opcode), Ev);
        }
        return row.enc("0F 0D /r", Ev).does(MiscellaneousInstructions::nop);
    }

    private static Row prefetch(String mnemonic, int extension) {
        return row(mnemonic, "Prefetch Data Into Caches in Anticipation of a Write").enc("0F 0D /" + extension, Mb)
            .does(MiscellaneousInstructions::nop);
    }

    private static Row prefetchHint(String mnemonic, int extension) {
        return row(mnemonic, "Prefetch Data Into Caches").feature(CpuidFeature.SSE).enc("0F 18 /" + extension, Mb)
            .does(MiscellaneousInstructions::nop);
    }

    private static <V> void lea(Ops<V> o) {
        V address = o.truncate(o.addressWidth(), o.effectiveAddress(1));
        boolean narrows = o.operandWidth().bits() < o.addressWidth().bits();
        o.write(0, narrows ? o.truncate(o.operandWidth(), address) : o.zeroExtend(o.operandWidth(), address));
    }

    /** Nothing: hints and ordering make no difference to a machine that runs one operation after the other. */
    private static <V> void nop(Ops<V> o) {
    }

    /** Also RSM: the machine is never in system management mode. */
    private static <V> void ud(Ops<V> o) {
        o.guard(o.constant(Width.I1, 0), GuardFault.UD);
    }

    private static <V> void xlat(Ops<V> o) {
        Width width = o.addressWidth();
        V index = o.zeroExtend(width, o.getRegister(Width.I8, Registers.AX));
        V address = o.add(o.getRegister(width, Registers.BX), index);
        o.setRegister(Width.I8, Registers.AX, o.load(Width.I8, Segment.OPERAND, o.zeroExtend(Width.I64, address)));
    }

    private static <V> void cpuid(Ops<V> o) {
        o.helper(Helper.CPUID);
    }

    private static <V> void movbe(Ops<V> o) {
        o.write(0, o.byteSwap(o.read(1)));
    }

    private static <V> void movdiri(Ops<V> o) {
        o.write(0, o.read(1));
    }

    private static <V> void flushLine(Ops<V> o) {
        o.helper(Helper.FLUSH_LINE, o.effectiveAddress(0));
    }

    private static <V> void pause(Ops<V> o) {
        o.helper(Helper.PAUSE);
        o.endBlock();
    }
}
