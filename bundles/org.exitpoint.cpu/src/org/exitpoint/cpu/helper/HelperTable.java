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
        return (core, insn, first, second, third) -> {
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
        put(Helper.JMP_FAR, (c, insn, selector, offset, third) -> far.jump(insn, (int) selector, offset));
        put(Helper.CALL_FAR, (c, insn, selector, offset, third) -> far.call(insn, (int) selector, offset));
        put(Helper.RET_FAR, (c, insn, released, second, third) -> farReturn.execute(insn, released));
        put(Helper.IRET, (c, insn, first, second, third) -> interruptReturn.execute(insn));
        put(Helper.INT, (c, insn, vector, second, third) -> interrupts.interrupt(insn, (int) vector));
        put(Helper.INT3, (c, insn, first, second, third) -> interrupts.breakpoint(insn));
        put(Helper.INT1, (c, insn, first, second, third) -> interrupts.debug(insn));
        put(Helper.INTO, (c, insn, first, second, third) -> interrupts.overflow(insn));
        put(Helper.BOUND, (c, insn, index, offset, third) -> interrupts.bound(insn, index, offset));
        put(Helper.SYSCALL, (c, insn, first, second, third) -> calls.syscall(insn));
        put(Helper.SYSRET, (c, insn, first, second, third) -> calls.sysret(insn));
        put(Helper.SYSENTER, (c, insn, first, second, third) -> calls.sysenter());
        put(Helper.SYSEXIT, (c, insn, first, second, third) -> calls.sysexit(insn));
    }

    private void stack(Core core) {
        StackInstructions stack = new StackInstructions(core);
        put(Helper.ENTER, (c, insn, size, level, third) -> stack.enter(insn, size, level));
        put(Helper.PUSHA, (c, insn, first, second, third) -> stack.pushAll(insn));
        put(Helper.POPA, (c, insn, first, second, third) -> stack.popAll(insn));
        put(Helper.PUSHF, (c, insn, first, second, third) -> stack.pushFlags(insn));
        put(Helper.POPF, (c, insn, first, second, third) -> stack.popFlags(insn));
        put(Helper.CMPXCHG16B, (c, insn, offset, second, third) -> stack.compareAndExchange16(insn, offset));
    }

    private void segments(Core core) {
        SegmentRegisters registers = new SegmentRegisters(core);
        SystemSegments system = new SystemSegments(core);
        SelectorQueries queries = new SelectorQueries(core);
        GuestState state = core.state();
        put(Helper.LOAD_SEGMENT,
            (c, insn, number, selector, third) -> registers.loadAndBlock((int) number, (int) selector));
        put(Helper.LOAD_SEGMENT_OF_POINTER,
            (c, insn, number, selector, third) -> registers.load((int) number, (int) selector));
        put(Helper.READ_SELECTOR, (c, insn, number, second, third) -> state.selector((int) number));
        put(Helper.SLDT, (c, insn, first, second, third) -> state.selector(GuestState.LDTR));
        put(Helper.STR, (c, insn, first, second, third) -> state.selector(GuestState.TR));
        put(Helper.LGDT, (c, insn, offset, second, third) -> system.loadTable(GuestState.GDTR, insn, offset));
        put(Helper.LIDT, (c, insn, offset, second, third) -> system.loadTable(GuestState.IDTR, insn, offset));
        put(Helper.SGDT, (c, insn, offset, second, third) -> system.storeTable(GuestState.GDTR, insn, offset));
        put(Helper.SIDT, (c, insn, offset, second, third) -> system.storeTable(GuestState.IDTR, insn, offset));
        put(Helper.LLDT, (c, insn, selector, second, third) -> system.loadLdtr((int) selector));
        put(Helper.LTR, (c, insn, selector, second, third) -> system.loadTr((int) selector));
        put(Helper.LAR, (c, insn, selector, second, third) -> queries.accessRights((int) selector));
        put(Helper.LSL, (c, insn, selector, second, third) -> queries.limit((int) selector));
        put(Helper.VERR, (c, insn, selector, second, third) -> queries.isReadable((int) selector));
        put(Helper.VERW, (c, insn, selector, second, third) -> queries.isWritable((int) selector));
    }

    private void registers(Core core) {
        ControlRegisters control = new ControlRegisters(core);
        DebugRegisters debug = new DebugRegisters(core);
        ModelSpecificInstructions msrs = new ModelSpecificInstructions(core);
        ExtendedControlRegisters extended = new ExtendedControlRegisters(core);
        put(Helper.READ_CR, (c, insn, number, second, third) -> control.read(insn, (int) number));
        put(Helper.WRITE_CR, (c, insn, number, value, third) -> control.write(insn, (int) number, value));
        put(Helper.SMSW, (c, insn, first, second, third) -> control.machineStatusWord());
        put(Helper.LMSW, (c, insn, value, second, third) -> control.loadMachineStatusWord(insn, value));
        put(Helper.CLTS, (c, insn, first, second, third) -> control.clearTaskSwitched(insn));
        put(Helper.READ_DR, (c, insn, number, second, third) -> debug.read(insn, (int) number));
        put(Helper.WRITE_DR, (c, insn, number, value, third) -> debug.write(insn, (int) number, value));
        put(Helper.RDMSR, (c, insn, first, second, third) -> msrs.read(insn));
        put(Helper.WRMSR, (c, insn, first, second, third) -> msrs.write(insn));
        put(Helper.RDPMC, (c, insn, first, second, third) -> msrs.readCounter());
        put(Helper.XGETBV, (c, insn, first, second, third) -> extended.read());
        put(Helper.XSETBV, (c, insn, first, second, third) -> extended.write());
    }

    private void system(Core core, Cpuid cpuid) {
        TimeStampCounter counter = new TimeStampCounter(core);
        RandomNumbers random = new RandomNumbers(core);
        WaitInstructions wait = new WaitInstructions(core);
        TlbInstructions tlb = new TlbInstructions(core);
        InterruptFlag flag = new InterruptFlag(core);
        put(Helper.RDTSC, (c, insn, first, second, third) -> counter.read());
        put(Helper.RDTSCP, (c, insn, first, second, third) -> counter.readWithProcessor(insn));
        put(Helper.RDPID, (c, insn, first, second, third) -> counter.processor());
        put(Helper.CPUID, (c, insn, first, second, third) -> cpuid.execute());
        put(Helper.RDRAND, (c, insn, first, second, third) -> random.next(insn));
        put(Helper.RDSEED, (c, insn, first, second, third) -> random.next(insn));
        put(Helper.HLT, (c, insn, first, second, third) -> wait.halt());
        put(Helper.PAUSE, (c, insn, first, second, third) -> wait.pause());
        put(Helper.MONITOR, (c, insn, offset, second, third) -> wait.monitor(insn, offset));
        put(Helper.MWAIT, (c, insn, first, second, third) -> wait.waitForStore(insn));
        put(Helper.INVLPG, (c, insn, linear, second, third) -> tlb.invalidatePage(linear));
        put(Helper.INVPCID, (c, insn, type, offset, third) -> tlb.invalidateContext(insn, type, offset));
        put(Helper.CLI, (c, insn, first, second, third) -> flag.clear());
        put(Helper.STI, (c, insn, first, second, third) -> flag.set());
        put(Helper.FLUSH_LINE, (c, insn, offset, second, third) -> {
            core.memory().probeRead(insn.segment(), offset, 1);
            return 0;
        });
        put(Helper.CRC32, (c, insn, checksum, value, bytes) -> Checksum.add(checksum, value, (int) bytes));
    }

    private void ports(Core core) {
        PortInstructions ports = new PortInstructions(core);
        put(Helper.IN, (c, insn, port, bytes, third) -> ports.in(insn, (int) port, (int) bytes));
        put(Helper.OUT, (c, insn, port, value, bytes) -> ports.out(insn, (int) port, value, (int) bytes));
        put(Helper.INS, (c, insn, bytes, second, third) -> ports.inString(insn, (int) bytes));
        put(Helper.OUTS, (c, insn, bytes, second, third) -> ports.outString(insn, (int) bytes));
    }
}
