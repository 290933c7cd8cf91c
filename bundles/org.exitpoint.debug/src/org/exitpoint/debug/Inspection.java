/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.debug.api.SessionException;
import org.exitpoint.debug.api.address.Address;
import org.exitpoint.debug.api.address.AddressGrammar;
import org.exitpoint.debug.api.context.ContextId;
import org.exitpoint.debug.api.inspect.VmcsFieldValue;
import org.exitpoint.debug.context.ContextTable;
import org.exitpoint.debug.exit.ExitDecoder;
import org.exitpoint.debug.exit.ExitLog;
import org.exitpoint.debug.exit.ExitTrace;
import org.exitpoint.debug.inspect.CodeReader;
import org.exitpoint.debug.inspect.ContextInspector;
import org.exitpoint.debug.inspect.MemoryAccess;
import org.exitpoint.debug.inspect.RegisterEditor;
import org.exitpoint.debug.inspect.VmcsReader;
import org.exitpoint.debug.inspect.WalkReporter;
import org.exitpoint.debug.port.MachineControl;
import org.exitpoint.debug.step.BreakpointTable;
import org.exitpoint.debug.step.Runner;
import org.exitpoint.machine.PhysicalMemory;

/** The parts of a session that work on the machine. Machine's thread only, but for log and breakpoints. */
final class Inspection {
    private static final int LOG_CAPACITY = 1 << 16;

    private final ContextTable contexts;
    private final ContextInspector inspector;
    private final VmcsReader vmcs;
    private final MemoryAccess memory;
    private final CodeReader code;
    private final WalkReporter walks;
    private final RegisterEditor registers;
    private final Edits edits;
    private final BreakpointTable breakpoints = new BreakpointTable();
    private final ExitLog log = new ExitLog(LOG_CAPACITY);
    private final Runner runner;
    private final StopMaker stops;
    private final LongSupplier steps;

    Inspection(MachineControl machine, Optional<ExitTrace> trace) {
        steps = machine.processors().getFirst().clock()::steps;
        contexts = new ContextTable(machine);
        vmcs = new VmcsReader(machine);
        inspector = new ContextInspector(machine, contexts, vmcs);
        memory = new MemoryAccess(inspector);
        code = new CodeReader(inspector, memory);
        walks = new WalkReporter(inspector);
        registers = new RegisterEditor(inspector);
        edits = new Edits(machine);
        ExitDecoder decoder = new ExitDecoder(vmcs, code);
        runner = new Runner(machine, inspector, code, decoder, breakpoints, log, trace);
        stops = new StopMaker(machine, inspector, decoder);
    }

    ContextTable contexts() {
        return contexts;
    }

    ContextInspector inspector() {
        return inspector;
    }

    MemoryAccess memory() {
        return memory;
    }

    CodeReader code() {
        return code;
    }

    WalkReporter walks() {
        return walks;
    }

    BreakpointTable breakpoints() {
        return breakpoints;
    }

    ExitLog log() {
        return log;
    }

    Runner runner() {
        return runner;
    }

    StopMaker stops() {
        return stops;
    }

    long steps() {
        return steps.getAsLong();
    }

    AddressGrammar grammar(ContextId defaultContext) {
        return new AddressGrammar(contexts, defaultContext);
    }

    List<VmcsFieldValue> vmcs(ContextId.Guest guest) {
        return vmcs.all(inspector.guest(guest));
    }

    void writeVmcs(ContextId.Guest guest, VmcsField field, long value) {
        if ((value & ~field.width().mask()) != 0) {
            throw new SessionException("0x" + Long.toHexString(value) + " has more bits than " + field.title());
        }
        edits.vmcs(inspector.guest(guest).id().vmcsHpa(), field, value);
    }

    void writeRegister(ContextId context, String register, long value) {
        switch (registers.locate(context, register, value)) {
            case RegisterEditor.Place.Processor(int vcpu, String name) -> edits.register(vcpu, name, value);
            case RegisterEditor.Place.Vmcs(long region, VmcsField field) -> edits.vmcs(region, field, value);
        }
    }

    void writeMemory(Address address, byte[] bytes) {
        long[] pages = memory.writable(address, bytes.length);
        int at = 0;
        for (int page = 0; page < pages.length; page++) {
            int start = page == 0 ? (int) (address.offset() & PhysicalMemory.PAGE_SIZE - 1) : 0;
            int count = Math.min(PhysicalMemory.PAGE_SIZE - start, bytes.length - at);
            byte[] part = new byte[count];
            System.arraycopy(bytes, at, part, 0, count);
            edits.memory(pages[page] + start, part);
            at += count;
        }
    }
}
