/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.helper;

import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.core.HelperBody;
import org.exitpoint.cpu.cpuid.Cpuid;
import org.exitpoint.cpu.io.PortInstructions;
import org.exitpoint.cpu.segment.SegmentRegisters;
import org.exitpoint.cpu.segment.SelectorQueries;
import org.exitpoint.cpu.segment.SystemSegments;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.system.Checksum;
import org.exitpoint.cpu.system.ControlRegisters;
import org.exitpoint.cpu.system.DebugRegisters;
import org.exitpoint.cpu.system.ExtendedControlRegisters;
import org.exitpoint.cpu.system.InterruptFlag;
import org.exitpoint.cpu.system.ModelSpecificInstructions;
import org.exitpoint.cpu.system.RandomNumbers;
import org.exitpoint.cpu.system.TimeStampCounter;
import org.exitpoint.cpu.system.TlbInstructions;
import org.exitpoint.cpu.system.WaitInstructions;
import org.exitpoint.cpu.transfer.FarReturn;
import org.exitpoint.cpu.transfer.FarTransfers;
import org.exitpoint.cpu.transfer.InterruptReturn;
import org.exitpoint.cpu.transfer.SoftwareInterrupts;
import org.exitpoint.cpu.transfer.StackInstructions;
import org.exitpoint.cpu.transfer.SystemCalls;
import org.exitpoint.isa.ops.Helper;

/** The bodies of one processor's helpers. */
public final class HelperTable {
    private final HelperBody[] bodies = new HelperBody[Helper.values().length];

    /** The bodies for a processor; {@code cpuid} answers for its model. */
    public HelperTable(Core core, Cpuid cpuid) {
        for (Helper helper : Helper.values()) {
            bodies[helper.ordinal()] = bodyOfVirtualization(helper);
        }
        transfers(core);
        stack(core);
        segments(core);
        registers(core);
        system(core, cpuid);
        ports(core);
    }

    /** The bodies by the ordinal of their helper. */
    public HelperBody[] bodies() {
        return bodies.clone();
    }

    private static HelperBody bodyOfVirtualization(Helper helper) {
        return (core, insn, first, second, _) -> {
            core.virtualization().execute(helper, insn, first, second);
            return 0;
        };
    }

    private void put(Helper helper, HelperBody body) {
        bodies[helper.ordinal()] = body;
    }

    private void transfers(Core core) {
        FarTransfers far = new FarTransfers(core);
        FarReturn farReturn = new FarReturn(core);
        InterruptReturn interruptReturn = new InterruptReturn(core);
        SoftwareInterrupts interrupts = new SoftwareInterrupts(core);
        SystemCalls calls = new SystemCalls(core);
        put(Helper.JMP_FAR, (_, insn, selector, offset, _) -> far.jump(insn, (int) selector, offset));
        put(Helper.CALL_FAR, (_, insn, selector, offset, _) -> far.call(insn, (int) selector, offset));
        put(Helper.RET_FAR, (_, insn, released, _, _) -> farReturn.execute(insn, released));
        put(Helper.IRET, (_, insn, _, _, _) -> interruptReturn.execute(insn));
        put(Helper.INT, (_, insn, vector, _, _) -> interrupts.interrupt(insn, (int) vector));
        put(Helper.INT3, (_, insn, _, _, _) -> interrupts.breakpoint(insn));
        put(Helper.INT1, (_, insn, _, _, _) -> interrupts.debug(insn));
        put(Helper.INTO, (_, insn, _, _, _) -> interrupts.overflow(insn));
        put(Helper.BOUND, (_, insn, index, offset, _) -> interrupts.bound(insn, index, offset));
        put(Helper.SYSCALL, (_, insn, _, _, _) -> calls.syscall(insn));
        put(Helper.SYSRET, (_, insn, _, _, _) -> calls.sysret(insn));
        put(Helper.SYSENTER, (_, _, _, _, _) -> calls.sysenter());
        put(Helper.SYSEXIT, (_, insn, _, _, _) -> calls.sysexit(insn));
    }

    private void stack(Core core) {
        StackInstructions stack = new StackInstructions(core);
        put(Helper.ENTER, (_, insn, size, level, _) -> stack.enter(insn, size, level));
        put(Helper.PUSHA, (_, insn, _, _, _) -> stack.pushAll(insn));
        put(Helper.POPA, (_, insn, _, _, _) -> stack.popAll(insn));
        put(Helper.PUSHF, (_, insn, _, _, _) -> stack.pushFlags(insn));
        put(Helper.POPF, (_, insn, _, _, _) -> stack.popFlags(insn));
        put(Helper.CMPXCHG16B, (_, insn, offset, _, _) -> stack.compareAndExchange16(insn, offset));
    }

    private void segments(Core core) {
        SegmentRegisters registers = new SegmentRegisters(core);
        SystemSegments system = new SystemSegments(core);
        SelectorQueries queries = new SelectorQueries(core);
        GuestState state = core.state();
        put(Helper.LOAD_SEGMENT,
            (_, _, number, selector, _) -> registers.loadAndBlock((int) number, (int) selector));
        put(Helper.LOAD_SEGMENT_OF_POINTER,
            (_, _, number, selector, _) -> registers.load((int) number, (int) selector));
        put(Helper.READ_SELECTOR, (_, _, number, _, _) -> state.selector((int) number));
        put(Helper.SLDT, (_, _, _, _, _) -> state.selector(GuestState.LDTR));
        put(Helper.STR, (_, _, _, _, _) -> state.selector(GuestState.TR));
        put(Helper.LGDT, (_, insn, offset, _, _) -> system.loadTable(GuestState.GDTR, insn, offset));
        put(Helper.LIDT, (_, insn, offset, _, _) -> system.loadTable(GuestState.IDTR, insn, offset));
        put(Helper.SGDT, (_, insn, offset, _, _) -> system.storeTable(GuestState.GDTR, insn, offset));
        put(Helper.SIDT, (_, insn, offset, _, _) -> system.storeTable(GuestState.IDTR, insn, offset));
        put(Helper.LLDT, (_, _, selector, _, _) -> system.loadLdtr((int) selector));
        put(Helper.LTR, (_, _, selector, _, _) -> system.loadTr((int) selector));
        put(Helper.LAR, (_, _, selector, _, _) -> queries.accessRights((int) selector));
        put(Helper.LSL, (_, _, selector, _, _) -> queries.limit((int) selector));
        put(Helper.VERR, (_, _, selector, _, _) -> queries.isReadable((int) selector));
        put(Helper.VERW, (_, _, selector, _, _) -> queries.isWritable((int) selector));
    }

    private void registers(Core core) {
        ControlRegisters control = new ControlRegisters(core);
        DebugRegisters debug = new DebugRegisters(core);
        ModelSpecificInstructions msrs = new ModelSpecificInstructions(core);
        ExtendedControlRegisters extended = new ExtendedControlRegisters(core);
        put(Helper.READ_CR, (_, insn, number, _, _) -> control.read(insn, (int) number));
        put(Helper.WRITE_CR, (_, insn, number, value, _) -> control.write(insn, (int) number, value));
        put(Helper.SMSW, (_, _, _, _, _) -> control.machineStatusWord());
        put(Helper.LMSW, (_, insn, value, _, _) -> control.loadMachineStatusWord(insn, value));
        put(Helper.CLTS, (_, insn, _, _, _) -> control.clearTaskSwitched(insn));
        put(Helper.READ_DR, (_, insn, number, _, _) -> debug.read(insn, (int) number));
        put(Helper.WRITE_DR, (_, insn, number, value, _) -> debug.write(insn, (int) number, value));
        put(Helper.RDMSR, (_, insn, _, _, _) -> msrs.read(insn));
        put(Helper.WRMSR, (_, insn, _, _, _) -> msrs.write(insn));
        put(Helper.RDPMC, (_, _, _, _, _) -> msrs.readCounter());
        put(Helper.XGETBV, (_, _, _, _, _) -> extended.read());
        put(Helper.XSETBV, (_, _, _, _, _) -> extended.write());
    }

    private void system(Core core, Cpuid cpuid) {
        TimeStampCounter counter = new TimeStampCounter(core);
        RandomNumbers random = new RandomNumbers(core);
        WaitInstructions wait = new WaitInstructions(core);
        TlbInstructions tlb = new TlbInstructions(core);
        InterruptFlag flag = new InterruptFlag(core);
        put(Helper.RDTSC, (_, _, _, _, _) -> counter.read());
        put(Helper.RDTSCP, (_, insn, _, _, _) -> counter.readWithProcessor(insn));
        put(Helper.RDPID, (_, _, _, _, _) -> counter.processor());
        put(Helper.CPUID, (_, _, _, _, _) -> cpuid.execute());
        put(Helper.RDRAND, (_, insn, _, _, _) -> random.next(insn));
        put(Helper.RDSEED, (_, insn, _, _, _) -> random.next(insn));
        put(Helper.HLT, (_, _, _, _, _) -> wait.halt());
        put(Helper.PAUSE, (_, _, _, _, _) -> wait.pause());
        put(Helper.MONITOR, (_, insn, offset, _, _) -> wait.monitor(insn, offset));
        put(Helper.MWAIT, (_, insn, _, _, _) -> wait.waitForStore(insn));
        put(Helper.INVLPG, (_, _, linear, _, _) -> tlb.invalidatePage(linear));
        put(Helper.INVPCID, (_, insn, type, offset, _) -> tlb.invalidateContext(insn, type, offset));
        put(Helper.CLI, (_, _, _, _, _) -> flag.clear());
        put(Helper.STI, (_, _, _, _, _) -> flag.set());
        put(Helper.FLUSH_LINE, (_, insn, offset, _, _) -> {
            core.memory().probeRead(insn.segment(), offset, 1);
            return 0;
        });
        put(Helper.CRC32, (_, _, checksum, value, bytes) -> Checksum.add(checksum, value, (int) bytes));
    }

    private void ports(Core core) {
        PortInstructions ports = new PortInstructions(core);
        put(Helper.IN, (_, insn, port, bytes, _) -> ports.in(insn, (int) port, (int) bytes));
        put(Helper.OUT, (_, insn, port, value, bytes) -> ports.out(insn, (int) port, value, (int) bytes));
        put(Helper.INS, (_, insn, bytes, _, _) -> ports.inString(insn, (int) bytes));
        put(Helper.OUTS, (_, insn, bytes, _, _) -> ports.outString(insn, (int) bytes));
    }
}
