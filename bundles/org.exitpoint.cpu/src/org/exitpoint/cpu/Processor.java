/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu;

import java.util.function.Function;

import org.exitpoint.arch.AccessRights;
import org.exitpoint.arch.Cr0;
import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.arch.Dr6;
import org.exitpoint.arch.Dr7;
import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.arch.SystemDescriptorType;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.core.Delivery;
import org.exitpoint.cpu.core.HelperBody;
import org.exitpoint.cpu.core.LocalInterrupts;
import org.exitpoint.cpu.core.ModelSpecificRegisters;
import org.exitpoint.cpu.core.ProcessorFeatures;
import org.exitpoint.cpu.core.Virtualization;
import org.exitpoint.cpu.cpuid.CpuModel;
import org.exitpoint.cpu.cpuid.Cpuid;
import org.exitpoint.cpu.delivery.EventDelivery;
import org.exitpoint.cpu.helper.HelperTable;
import org.exitpoint.cpu.memory.LinearCode;
import org.exitpoint.cpu.memory.LinearMemory;
import org.exitpoint.cpu.memory.PhysicalAccess;
import org.exitpoint.cpu.msr.MsrTable;
import org.exitpoint.cpu.state.Activity;
import org.exitpoint.cpu.state.Attention;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.ModeUpkeep;
import org.exitpoint.cpu.state.MsrSlots;
import org.exitpoint.machine.Bus;
import org.exitpoint.machine.Clock;
import org.exitpoint.machine.HostMemory;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;
import org.exitpoint.machine.Vcpu;
import org.exitpoint.mmu.Mmu;
import org.exitpoint.mmu.format.PagingFeatures;
import org.exitpoint.mmu.memory.FlatPhysicalMemory;
import org.exitpoint.mmu.tlb.InvalidationRule;
import org.exitpoint.mmu.walk.TranslationContext;

/**
 * One processor with all its parts wired: the {@link Core} that engines, the run loop and virtualization work on. The
 * machine's thread only.
 */
public final class Processor implements Core, Vcpu, AutoCloseable {
    private static final long RESET_CR0 = 0x6000_0010L;
    private static final long RESET_VECTOR_BASE = 0xFFFF_0000L;
    private static final long RESET_RIP = 0xFFF0;
    private static final long REAL_MODE_LIMIT = 0xFFFF;
    private static final int REAL_MODE_DATA = 0x93;
    private static final int REAL_MODE_CODE = 0x9B;
    private static final int RDX = GeneralRegister.RDX.number();
    private static final int FIRST_SYSTEM_SEGMENT = GuestState.LDTR;
    private static final int PRESENT = (int) AccessRights.P.mask();
    private static final int EPT_PAGES_UP_TO_GIGABYTE = 3;

    private final int index;
    private final GuestState state = new GuestState();
    private final FlatPhysicalMemory physical;
    private final Bus bus;
    private final Clock clock;
    private final CpuModel model;
    private final Mmu mmu;
    private final PhysicalAccess physicalAccess;
    private final LinearMemory memory;
    private final LinearCode code;
    private final LocalInterrupts interrupts;
    private final EventDelivery delivery;
    private final Virtualization virtualization;
    private final MsrTable msrs;
    private final HelperBody[] helpers;
    private final long seed;
    private boolean exited;

    /**
     * What a processor is connected to.
     *
     * @param index number of the processor, from 0
     * @param processors how many the machine has
     * @param memory physical memory
     * @param bus where devices are
     * @param clock the machine's clock
     * @param model the processor model
     * @param seed start of the sequence behind RDRAND
     */
    public record Connections(int index, int processors, FlatPhysicalMemory memory, Bus bus, Clock clock,
            CpuModel model, long seed) {
    }

    /**
     * A processor in its state after power-on.
     *
     * @param interruptController makes the local interrupt controller of the processor under construction, whose state,
     *        physical access, bus and clock are there already
     * @param virtualizer makes its virtualization; all but virtualization, MSRs and helpers is there already
     */
    public Processor(Connections connections, Function<Core, LocalInterrupts> interruptController,
            Function<Core, Virtualization> virtualizer) {
        index = connections.index();
        physical = connections.memory();
        bus = connections.bus();
        clock = connections.clock();
        model = connections.model();
        seed = connections.seed();
        mmu = new Mmu(physical, pagingFeatures(model));
        physicalAccess = new PhysicalAccess(physical, bus);
        memory = new LinearMemory(state, mmu, physicalAccess);
        code = new LinearCode(state, memory, physical, physicalAccess);
        interrupts = interruptController.apply(this);
        delivery = new EventDelivery(this);
        virtualization = virtualizer.apply(this);
        msrs = new MsrTable(this);
        helpers = new HelperTable(this, new Cpuid(this, model, connections.processors())).bodies();
        reset();
    }

    /** What a model supports of paging. */
    public static PagingFeatures pagingFeatures(CpuModel model) {
        return new PagingFeatures(model.physicalAddressBits(), model.has(CpuidFeature.PAGE_1GB),
            EPT_PAGES_UP_TO_GIGABYTE, true);
    }

    /**
     * Puts the processor in its state after power-on (SDM vol. 3, "Processor State After Reset"): real-address mode at
     * F000:FFF0. Every processor but the first waits for a start-up IPI.
     */
    public void reset() {
        HostMemory.segment(state.address(), GuestState.SIZE).fill((byte) 0);
        state.setRflags(0);
        state.set(GuestState.CR0, RESET_CR0 | Cr0.ET.mask());
        state.set(GuestState.XCR0, 1);
        state.set(GuestState.DEBUG_REGISTERS + 6 * 8, Dr6.INITIAL);
        state.set(GuestState.DEBUG_REGISTERS + 7 * 8, Dr7.INITIAL);
        state.setRegister(RDX, model.signature());
        state.set16(GuestState.GDTR + 8, (int) REAL_MODE_LIMIT);
        state.set16(GuestState.IDTR + 8, (int) REAL_MODE_LIMIT);
        for (int register = 0; register < FIRST_SYSTEM_SEGMENT; register++) {
            state.setSegment(register, 0, 0, REAL_MODE_LIMIT, REAL_MODE_DATA);
        }
        state.setSegment(GuestState.CS, 0xF000, RESET_VECTOR_BASE, REAL_MODE_LIMIT, REAL_MODE_CODE);
        state.setSegment(GuestState.LDTR, 0, 0, REAL_MODE_LIMIT, PRESENT | SystemDescriptorType.LDT.type());
        state.setSegment(GuestState.TR, 0, 0, REAL_MODE_LIMIT, PRESENT | SystemDescriptorType.TSS_BUSY.type());
        state.setRip(RESET_RIP);
        state.set(MsrSlots.RANDOM, seed + index);
        Activity activity = index == 0 ? Activity.ACTIVE : Activity.WAIT_FOR_SIPI;
        state.set8(GuestState.ACTIVITY, activity.ordinal());
        msrs.reset();
        mmu.invalidate(InvalidationRule.RESET, 0);
        mmu.virtualization(0, TranslationContext.NO_EPT);
        interrupts.reset();
        virtualization.reset();
        delivery.reset();
        exited = false;
        stateReplaced();
    }

    @Override
    public void stateReplaced() {
        ModeUpkeep.refresh(state);
        mmu.controls(state.get(GuestState.CR0), state.get(GuestState.CR3), state.get(GuestState.CR4),
            state.get(GuestState.EFER));
        mmu.pdptes(state.get(GuestState.PDPTES), state.get(GuestState.PDPTES + 8),
            state.get(GuestState.PDPTES + 16), state.get(GuestState.PDPTES + 24));
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public boolean isIdle() {
        return state.get8(GuestState.ACTIVITY) != Activity.ACTIVE.ordinal();
    }

    @Override
    public GuestState state() {
        return state;
    }

    @Override
    public LinearMemory memory() {
        return memory;
    }

    /** Code as the processor fetches it. */
    public LinearCode code() {
        return code;
    }

    /** The bodies of the instructions' helpers, by the ordinal of the helper. */
    public HelperBody[] helpers() {
        return helpers.clone();
    }

    /** The processor model. */
    public CpuModel model() {
        return model;
    }

    @Override
    public Mmu mmu() {
        return mmu;
    }

    @Override
    public PhysicalMemory physical() {
        return physical;
    }

    @Override
    public PhysicalAccess physicalAccess() {
        return physicalAccess;
    }

    @Override
    public Bus bus() {
        return bus;
    }

    @Override
    public Clock clock() {
        return clock;
    }

    @Override
    public ProcessorFeatures features() {
        return model;
    }

    @Override
    public ModelSpecificRegisters msrs() {
        return msrs;
    }

    @Override
    public LocalInterrupts interrupts() {
        return interrupts;
    }

    @Override
    public Delivery delivery() {
        return delivery;
    }

    @Override
    public Virtualization virtualization() {
        return virtualization;
    }

    @Override
    public void exited() {
        exited = true;
    }

    @Override
    public boolean takeExited() {
        boolean was = exited;
        exited = false;
        return was;
    }

    /** Writes the architectural state and the cached translations; controller and virtualization save themselves. */
    public void save(StateWriter out) {
        byte[] block = new byte[GuestState.ARCHITECTURAL_END];
        HostMemory.segment(state.address(), block.length).asByteBuffer().get(block);
        out.bytes("state", block);
        mmu.save(out);
    }

    /** Reads what {@link #save} wrote. */
    public void restore(StateReader in) {
        byte[] block = in.bytes("state");
        if (block.length != GuestState.ARCHITECTURAL_END) {
            throw new IllegalArgumentException("a processor's state of another version: " + block.length + " bytes");
        }
        HostMemory.segment(state.address(), block.length).asByteBuffer().put(block);
        state.set32(GuestState.ATTENTION, state.get(GuestState.PENDING_DEBUG) != 0 ? Attention.DEBUG_EXCEPTION : 0);
        mmu.restore(in);
        stateReplaced();
    }

    @Override
    public void close() {
        mmu.close();
        state.close();
    }
}
