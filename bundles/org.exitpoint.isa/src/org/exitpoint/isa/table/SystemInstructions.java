/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.table;

import java.util.List;

import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.arch.Cr4;
import org.exitpoint.arch.Rflags;
import org.exitpoint.isa.ops.Flag;
import org.exitpoint.isa.ops.GuardFault;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.ops.Intercept;
import org.exitpoint.isa.ops.Ops;
import org.exitpoint.isa.ops.StateField;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Preconditions;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.row.Semantics;

import static org.exitpoint.isa.row.Operand.Cm;
import static org.exitpoint.isa.row.Operand.Dm;
import static org.exitpoint.isa.row.Operand.Ev;
import static org.exitpoint.isa.row.Operand.Ew;
import static org.exitpoint.isa.row.Operand.Ey;
import static org.exitpoint.isa.row.Operand.Gm;
import static org.exitpoint.isa.row.Operand.Gv;
import static org.exitpoint.isa.row.Operand.Gw;
import static org.exitpoint.isa.row.Operand.M;
import static org.exitpoint.isa.row.Operand.Rm;
import static org.exitpoint.isa.row.Row.row;

/** System instructions (SDM vol. 1, "System Instructions"). */
final class SystemInstructions {
    private static final String CR_TITLE = "Move to/from Control Registers";
    private static final String DR_TITLE = "Move to/from Debug Registers";
    private static final String LGDT_TITLE = "Load Global/Interrupt Descriptor Table Register";

    private static final Row CLAC = accessFlag("CLAC", "Clear AC Flag in EFLAGS Register", "CA")
        .does(SystemInstructions::clac);
    private static final Row STAC = accessFlag("STAC", "Set AC Flag in EFLAGS Register", "CB")
        .does(SystemInstructions::stac);
    private static final Row LGDT = table("LGDT", LGDT_TITLE, 2).requires(Preconditions::cpl0)
        .exits(Intercept.GDTR_IDTR_ACCESS).does(new WithAddress(Helper.LGDT));
    private static final Row LIDT = table("LIDT", LGDT_TITLE, 3).requires(Preconditions::cpl0)
        .exits(Intercept.GDTR_IDTR_ACCESS).does(new WithAddress(Helper.LIDT));
    private static final Row SGDT = table("SGDT", "Store Global Descriptor Table Register", 0)
        .requires(Preconditions::userModePrevention).exits(Intercept.GDTR_IDTR_ACCESS)
        .does(new WithAddress(Helper.SGDT));
    private static final Row SIDT = table("SIDT", "Store Interrupt Descriptor Table Register", 1)
        .requires(Preconditions::userModePrevention).exits(Intercept.GDTR_IDTR_ACCESS)
        .does(new WithAddress(Helper.SIDT));
    private static final Row LLDT = row("LLDT", "Load Local Descriptor Table Register").enc("0F 00 /2", Ew)
        .requires(Preconditions::protectedMode).requires(Preconditions::cpl0).exits(Intercept.LDTR_TR_ACCESS)
        .does(SystemInstructions::lldt);
    private static final Row LTR = row("LTR", "Load Task Register").enc("0F 00 /3", Ew)
        .requires(Preconditions::protectedMode).requires(Preconditions::cpl0).exits(Intercept.LDTR_TR_ACCESS)
        .does(SystemInstructions::ltr);
    private static final Row SLDT = storesSelector("SLDT", "Store Local Descriptor Table Register", 0)
        .does(new StoreSelector(Helper.SLDT));
    private static final Row STR = storesSelector("STR", "Store Task Register", 1).does(new StoreSelector(Helper.STR));
    private static final Row MOV_FROM_CR = row("MOV", CR_TITLE).enc("0F 20 /r", Rm, Cm)
        .requires(Preconditions::cpl0).does(SystemInstructions::movFromControl);
    private static final Row MOV_TO_CR = row("MOV", CR_TITLE).enc("0F 22 /r", Cm, Rm).requires(Preconditions::cpl0)
        .does(SystemInstructions::movToControl);
    private static final Row MOV_FROM_DR = row("MOV", DR_TITLE).enc("0F 21 /r", Rm, Dm)
        .does(SystemInstructions::movFromDebug);
    private static final Row MOV_TO_DR = row("MOV", DR_TITLE).enc("0F 23 /r", Dm, Rm)
        .does(SystemInstructions::movToDebug);
    private static final Row LMSW = row("LMSW", "Load Machine Status Word").enc("0F 01 /6", Ew)
        .requires(Preconditions::cpl0).does(SystemInstructions::lmsw);
    private static final Row SMSW = row("SMSW", "Store Machine Status Word").enc("0F 01 /4 mod=3", Ev)
        .enc("0F 01 /4 mod!=3", Ew).requires(Preconditions::userModePrevention).does(SystemInstructions::smsw);
    private static final Row CLTS = row("CLTS", "Clear Task-Switched Flag in CR0").enc("0F 06")
        .requires(Preconditions::cpl0).does(new Alone(Helper.CLTS));
    private static final Row ARPL = row("ARPL", "Adjust RPL Field of Segment Selector").enc("63 /r i64", Ew, Gw)
        .requires(Preconditions::protectedMode).writes(Flag.ZF).does(SystemInstructions::arpl);
    private static final Row LAR = row("LAR", "Load Access Rights").enc("0F 02 /r mod=3", Gv, Ev)
        .enc("0F 02 /r mod!=3", Gv, Ew).requires(Preconditions::protectedMode).writes(Flag.ZF)
        .does(new DescriptorQuery(Helper.LAR));
    private static final Row LSL = row("LSL", "Load Segment Limit").enc("0F 03 /r mod=3", Gv, Ev)
        .enc("0F 03 /r mod!=3", Gv, Ew).requires(Preconditions::protectedMode).writes(Flag.ZF)
        .does(new DescriptorQuery(Helper.LSL));
    private static final Row VERR = row("VERR", "Verify a Segment for Reading").enc("0F 00 /4", Ew)
        .requires(Preconditions::protectedMode).writes(Flag.ZF).does(new Verification(Helper.VERR));
    private static final Row VERW = row("VERW", "Verify a Segment for Writing").enc("0F 00 /5", Ew)
        .requires(Preconditions::protectedMode).writes(Flag.ZF).does(new Verification(Helper.VERW));
    private static final Row INVD = row("INVD", "Invalidate Internal Caches").enc("0F 08")
        .requires(Preconditions::cpl0).exits(Intercept.INVD).does(SystemInstructions::nothing);
    private static final Row WBINVD = row("WBINVD", "Write Back and Invalidate Cache").enc("0F 09")
        .requires(Preconditions::cpl0).exits(Intercept.WBINVD).does(SystemInstructions::nothing);
    private static final Row WBNOINVD = row("WBNOINVD", "Write Back and Do Not Invalidate Cache")
        .feature(CpuidFeature.WBNOINVD).enc("F3 0F 09").requires(Preconditions::cpl0).exits(Intercept.WBINVD)
        .does(SystemInstructions::nothing);
    private static final Row INVLPG = row("INVLPG", "Invalidate TLB Entries").enc("0F 01 /7", M)
        .requires(Preconditions::cpl0).does(SystemInstructions::invlpg);
    private static final Row INVPCID = row("INVPCID", "Invalidate Process-Context Identifier")
        .feature(CpuidFeature.INVPCID).enc("66 0F 38 82 /r", Gm, M).does(SystemInstructions::invpcid);
    private static final Row HLT = row("HLT", "Halt").enc("F4").requires(Preconditions::cpl0).exits(Intercept.HLT)
        .does(new Alone(Helper.HLT));
    private static final Row RDMSR = row("RDMSR", "Read From Model Specific Register").feature(CpuidFeature.MSR)
        .enc("0F 32").requires(Preconditions::cpl0).does(new Alone(Helper.RDMSR));
    private static final Row WRMSR = row("WRMSR", "Write to Model Specific Register").feature(CpuidFeature.MSR)
        .enc("0F 30").requires(Preconditions::cpl0).does(new Alone(Helper.WRMSR));
    private static final Row RDPMC = row("RDPMC", "Read Performance-Monitoring Counters").enc("0F 33")
        .requires(SystemInstructions::mayReadCounters).exits(Intercept.RDPMC).does(new Alone(Helper.RDPMC));
    private static final Row RDTSC = row("RDTSC", "Read Time-Stamp Counter").feature(CpuidFeature.TSC).enc("0F 31")
        .requires(SystemInstructions::mayReadTime).exits(Intercept.RDTSC).does(new Alone(Helper.RDTSC));
    private static final Row RDTSCP = row("RDTSCP", "Read Time-Stamp Counter and Processor ID")
        .feature(CpuidFeature.RDTSCP).enc("0F 01 F9").does(new Alone(Helper.RDTSCP));
    private static final Row RDPID = row("RDPID", "Read Processor ID").feature(CpuidFeature.RDPID)
        .enc("F3 0F C7 /7 mod=3", Rm).does(SystemInstructions::rdpid);
    private static final Row SYSENTER = row("SYSENTER", "Fast System Call").feature(CpuidFeature.SEP).enc("0F 34")
        .does(new Transfer(Helper.SYSENTER));
    private static final Row SYSEXIT = row("SYSEXIT", "Fast Return from Fast System Call").feature(CpuidFeature.SEP)
        .enc("0F 35").does(new Transfer(Helper.SYSEXIT));
    private static final Row XGETBV = row("XGETBV", "Get Value of Extended Control Register")
        .feature(CpuidFeature.XSAVE).enc("NP 0F 01 D0").requires(new Preconditions.EnabledByCr4(Cr4.OSXSAVE))
        .does(new Alone(Helper.XGETBV));
    private static final Row XSETBV = row("XSETBV", "Set Extended Control Register").feature(CpuidFeature.XSAVE)
        .enc("NP 0F 01 D1").requires(new Preconditions.EnabledByCr4(Cr4.OSXSAVE)).requires(Preconditions::cpl0)
        .exits(Intercept.XSETBV).does(new Alone(Helper.XSETBV));
    private static final Row MONITOR = row("MONITOR", "Set Up Monitor Address").feature(CpuidFeature.MONITOR)
        .enc("NP 0F 01 C8").requires(Preconditions::cpl0OrInvalid).exits(Intercept.MONITOR)
        .does(SystemInstructions::monitor);
    private static final Row MWAIT = row("MWAIT", "Monitor Wait").feature(CpuidFeature.MONITOR).enc("NP 0F 01 C9")
        .requires(Preconditions::cpl0OrInvalid).does(new Alone(Helper.MWAIT));
    private static final Row RDFSBASE = segmentBase("RDFSBASE", "Read FS/GS Segment Base", 0)
        .does(new ReadBase(StateField.FS_BASE));
    private static final Row RDGSBASE = segmentBase("RDGSBASE", "Read FS/GS Segment Base", 1)
        .does(new ReadBase(StateField.GS_BASE));
    private static final Row WRFSBASE = segmentBase("WRFSBASE", "Write FS/GS Segment Base", 2)
        .does(new WriteBase(StateField.FS_BASE));
    private static final Row WRGSBASE = segmentBase("WRGSBASE", "Write FS/GS Segment Base", 3)
        .does(new WriteBase(StateField.GS_BASE));

    static final List<Row> ROWS = List.of(CLAC, STAC, LGDT, LIDT, SGDT, SIDT, LLDT, LTR, SLDT, STR, MOV_FROM_CR,
        MOV_TO_CR, MOV_FROM_DR, MOV_TO_DR, LMSW, SMSW, CLTS, ARPL, LAR, LSL, VERR, VERW, INVD, WBINVD, WBNOINVD, INVLPG,
        INVPCID, HLT, RDMSR, WRMSR, RDPMC, RDTSC, RDTSCP, RDPID, SYSENTER, SYSEXIT, XGETBV, XSETBV, MONITOR, MWAIT,
        RDFSBASE, RDGSBASE, WRFSBASE, WRGSBASE);

    private SystemInstructions() {
    }

    private static Row.Builder accessFlag(String mnemonic, String title, String modRm) {
        return row(mnemonic, title).feature(CpuidFeature.SMAP).enc("NP 0F 01 " + modRm)
            .requires(Preconditions::cpl0OrInvalid);
    }

    private static Row.Builder table(String mnemonic, String title, int extension) {
        return row(mnemonic, title).enc("0F 01 /" + extension, M);
    }

    private static Row.Builder storesSelector(String mnemonic, String title, int extension) {
        return row(mnemonic, title).enc("0F 00 /" + extension + " mod=3", Ev)
            .enc("0F 00 /" + extension + " mod!=3", Ew).requires(Preconditions::protectedMode)
            .requires(Preconditions::userModePrevention).exits(Intercept.LDTR_TR_ACCESS);
    }

    private static Row.Builder segmentBase(String mnemonic, String title, int extension) {
        return row(mnemonic, title).feature(CpuidFeature.FSGSBASE).enc("F3 0F AE /" + extension + " mod=3 o64", Ey)
            .requires(new Preconditions.EnabledByCr4(Cr4.FSGSBASE));
    }

    /** Clears a flag that no arithmetic writes. */
    static <V> void clearSystemFlag(Ops<V> o, Rflags flag) {
        V flags = o.getField(StateField.SYSTEM_FLAGS);
        o.setField(StateField.SYSTEM_FLAGS, o.and(flags, o.constant(Width.I64, ~flag.mask())));
    }

    /** Sets a flag that no arithmetic writes. */
    static <V> void setSystemFlag(Ops<V> o, Rflags flag) {
        V flags = o.getField(StateField.SYSTEM_FLAGS);
        o.setField(StateField.SYSTEM_FLAGS, o.or(flags, o.constant(Width.I64, flag.mask())));
    }

    /** Calls a helper without arguments, after which another block begins. */
    private record Alone(Helper helper) implements Semantics {
        @Override
        public <V> void apply(Ops<V> o) {
            o.helper(helper);
            o.endBlock();
        }
    }

    /** Calls a helper that sets the instruction pointer. */
    private record Transfer(Helper helper) implements Semantics {
        @Override
        public <V> void apply(Ops<V> o) {
            o.helper(helper);
            o.transferred();
        }
    }

    /** Calls a helper with the offset of the memory operand. */
    private record WithAddress(Helper helper) implements Semantics {
        @Override
        public <V> void apply(Ops<V> o) {
            o.helper(helper, o.effectiveAddress(0));
            o.endBlock();
        }
    }

    private static <V> void clac(Ops<V> o) {
        clearSystemFlag(o, Rflags.AC);
        o.endBlock();
    }

    private static <V> void stac(Ops<V> o) {
        setSystemFlag(o, Rflags.AC);
        o.endBlock();
    }

    private static <V> void lldt(Ops<V> o) {
        o.helper(Helper.LLDT, o.read(0));
        o.endBlock();
    }

    private static <V> void ltr(Ops<V> o) {
        o.helper(Helper.LTR, o.read(0));
        o.endBlock();
    }

    private record StoreSelector(Helper helper) implements Semantics {
        @Override
        public <V> void apply(Ops<V> o) {
            o.write(0, o.zeroExtend(o.widthOf(0), o.helper(helper)));
        }
    }

    private static <V> void movFromControl(Ops<V> o) {
        o.write(0, narrow(o, o.helper(Helper.READ_CR, o.read(1))));
    }

    private static <V> void movToControl(Ops<V> o) {
        o.helper(Helper.WRITE_CR, o.read(0), o.read(1));
        o.endBlock();
    }

    private static <V> void movFromDebug(Ops<V> o) {
        o.write(0, narrow(o, o.helper(Helper.READ_DR, o.read(1))));
    }

    private static <V> void movToDebug(Ops<V> o) {
        o.helper(Helper.WRITE_DR, o.read(0), o.read(1));
        o.endBlock();
    }

    private static <V> V narrow(Ops<V> o, V value) {
        return o.truncate(o.longMode() ? Width.I64 : Width.I32, value);
    }

    private static <V> void lmsw(Ops<V> o) {
        o.helper(Helper.LMSW, o.read(0));
        o.endBlock();
    }

    private static <V> void smsw(Ops<V> o) {
        o.write(0, o.truncate(o.widthOf(0), o.helper(Helper.SMSW)));
    }

    private static <V> void arpl(Ops<V> o) {
        V destination = o.readForWrite(0);
        V rpl = o.constant(Width.I16, 3);
        V wanted = o.and(o.read(1), rpl);
        V lower = o.lessU(o.and(destination, rpl), wanted);
        V adjusted = o.or(o.and(destination, o.not(rpl)), wanted);
        o.writeBack(0, destination, o.select(lower, adjusted, destination));
        Flags.set(o, Flag.ZF, lower);
    }

    /** LAR and LSL: the helper gives bit 32 if the selector is good. */
    private record DescriptorQuery(Helper helper) implements Semantics {
        @Override
        public <V> void apply(Ops<V> o) {
            V answer = o.helper(helper, o.truncate(Width.I16, o.read(1)));
            V high = o.shr(answer, o.constant(Width.I8, Width.I32.bits()));
            V good = Flags.lowBit(o, high);
            V low = o.truncate(Width.I32, answer);
            boolean narrow = o.operandWidth() == Width.I16;
            Registers.writeIf(o, good, 0, narrow ? o.truncate(Width.I16, low) : o.zeroExtend(o.operandWidth(), low));
            Flags.set(o, Flag.ZF, good);
        }
    }

    private record Verification(Helper helper) implements Semantics {
        @Override
        public <V> void apply(Ops<V> o) {
            Flags.set(o, Flag.ZF, o.helper(helper, o.read(0)));
        }
    }

    /** Caches are not modelled. */
    private static <V> void nothing(Ops<V> o) {
    }

    private static <V> void invlpg(Ops<V> o) {
        V address = o.add(o.segmentBase(o.segmentOf(0)), o.effectiveAddress(0));
        V linear = o.longMode() ? address : o.zeroExtend(Width.I64, o.truncate(Width.I32, address));
        o.intercept(Intercept.INVLPG, linear);
        o.helper(Helper.INVLPG, linear);
        o.endBlock();
    }

    private static <V> void invpcid(Ops<V> o) {
        o.helper(Helper.INVPCID, o.read(0), o.effectiveAddress(1));
        o.endBlock();
    }

    /** #GP(0) unless CR4.PCE is set, CPL is 0 or CR0.PE is clear, when CPL is 0 too. */
    private static <V> void mayReadCounters(Ops<V> o) {
        V enabled = Preconditions.isSet(o, StateField.CR4, Cr4.PCE);
        o.guard(o.or(Preconditions.isCpl0(o), enabled), GuardFault.GP0);
    }

    /** #GP(0) with CR4.TSD unless CPL is 0. */
    private static <V> void mayReadTime(Ops<V> o) {
        V disabled = Preconditions.isSet(o, StateField.CR4, Cr4.TSD);
        o.guard(o.or(Preconditions.isCpl0(o), o.not(disabled)), GuardFault.GP0);
    }

    private static <V> void rdpid(Ops<V> o) {
        o.write(0, narrow(o, o.helper(Helper.RDPID)));
    }

    private static <V> void monitor(Ops<V> o) {
        V address = o.zeroExtend(Width.I64, o.getRegister(o.addressWidth(), Registers.AX));
        o.helper(Helper.MONITOR, address);
        o.endBlock();
    }

    private record ReadBase(StateField base) implements Semantics {
        @Override
        public <V> void apply(Ops<V> o) {
            o.write(0, o.truncate(o.widthOf(0), o.getField(base)));
        }
    }

    private record WriteBase(StateField base) implements Semantics {
        @Override
        public <V> void apply(Ops<V> o) {
            V value = o.zeroExtend(Width.I64, o.read(0));
            V unused = o.select(Preconditions.isSet(o, StateField.CR4, Cr4.LA57), o.constant(Width.I8, 64 - 57),
                o.constant(Width.I8, 64 - 48));
            o.guard(o.equal(o.sar(o.shl(value, unused), unused), value), GuardFault.GP0);
            o.setField(base, value);
            o.endBlock();
        }
    }
}
