/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.arch.GeneralRegister;
import org.exitpoint.cpu.Processor;
import org.exitpoint.cpu.apic.ApicBus;
import org.exitpoint.cpu.cpuid.CpuModel;
import org.exitpoint.cpu.cpuid.CpuModels;
import org.exitpoint.cpu.engine.Engine;
import org.exitpoint.cpu.run.RunLoop;
import org.exitpoint.cpu.run.Slice;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.machine.Bus;
import org.exitpoint.machine.Clock;
import org.exitpoint.machine.Machine;
import org.exitpoint.machine.Stop;
import org.exitpoint.mmu.memory.FlatPhysicalMemory;
import org.exitpoint.platform.clock.HostInputLog;
import org.exitpoint.platform.image.BootSegment;
import org.exitpoint.platform.image.BootState;
import org.exitpoint.platform.image.ImageException;
import org.exitpoint.platform.image.LoadedImage;
import org.exitpoint.platform.image.MultibootLoader;
import org.exitpoint.platform.memory.RamLayout;
import org.exitpoint.platform.snapshot.SnapshotReader;
import org.exitpoint.platform.snapshot.SnapshotWriter;
import org.exitpoint.virt.vmx.Vmx;
import org.exitpoint.virt.vmx.vmcs.VmcsTable;

/** A PC: board, processors and run loop, with an image loaded. */
public final class PcMachine implements Machine {
    private static final Set<CpuidFeature> VIRTUALIZATION = Set.of(CpuidFeature.VMX);
    private static final int RAX = GeneralRegister.RAX.number();
    private static final int RBX = GeneralRegister.RBX.number();

    private final FlatPhysicalMemory memory;
    private final PcBoard board;
    private final List<PcProcessor> parts = new ArrayList<>();
    private final VmcsTable vmcsTable = new VmcsTable();
    private final LoadedImage image;
    private final RunLoop loop;

    /**
     * Makes a machine, loads its image and puts the first processor at its entry.
     *
     * @throws ImageException if the image cannot be loaded
     * @throws IllegalArgumentException that says in a sentence what else is wrong with the configuration
     */
    public PcMachine(MachineConfiguration configuration) throws ImageException {
        CpuModel model = CpuModels.parse(configuration.model(), VIRTUALIZATION);
        RamLayout ram = RamLayout.pc(configuration.memoryBytes());
        memory = new FlatPhysicalMemory(FlatPhysicalMemory.spanFor(ram.end()));
        try {
            board = new PcBoard(memory, ram, configuration.serial(), this::requestStop, configuration.providers());
            List<Engine> engines = new ArrayList<>();
            CodeInvalidation code = new CodeInvalidation(memory, engines);
            ApicBus apicBus = new ApicBus();
            for (int i = 0; i < configuration.processors(); i++) {
                Processor.Connections connections = new Processor.Connections(i, configuration.processors(), memory,
                    board.bus(), board.clock(), model, 0);
                parts.add(new PcProcessor(connections, board, vmcsTable, apicBus, configuration.engine(), code));
                engines.addAll(parts.getLast().engines());
            }
            board.connectIntr(parts.getFirst().apic().lint0());
            image = new MultibootLoader(memory, ram).load(configuration.image(), configuration.arguments(),
                configuration.modules());
            enter(parts.getFirst().processor(), image.boot());
            parts.getFirst().apic().enterVirtualWireMode();
        } catch (ImageException | RuntimeException e) {
            close();
            throw e;
        }
        List<Slice> slices = parts.stream().map(PcProcessor::slice).toList();
        loop = new RunLoop(slices, board.clock(), new BoardInput(board.input()));
    }

    /** Puts a processor where a boot loader leaves it. */
    private static void enter(Processor processor, BootState boot) {
        GuestState state = processor.state();
        state.set(GuestState.CR0, boot.cr0());
        for (int segment = 0; segment < GuestState.LDTR; segment++) {
            BootSegment descriptor = segment == GuestState.CS ? boot.code() : boot.data();
            state.setSegment(segment, descriptor.selector(), descriptor.base(), descriptor.limit(),
                descriptor.accessRights());
        }
        state.setRegister(RAX, boot.eax());
        state.setRegister(RBX, boot.ebx());
        state.setRflags(boot.eflags());
        state.setRip(boot.eip());
        processor.stateReplaced();
    }

    /** Host input as the run loop asks for it. */
    private record BoardInput(HostInputLog log) implements RunLoop.InputGate {
        @Override
        public boolean pending() {
            return log.pending();
        }

        @Override
        public void deliver() {
            log.deliver();
        }

        @Override
        public long nextDelivery() {
            return log.nextDelivery();
        }
    }

    @Override
    public Stop run(long steps) {
        return loop.run(steps);
    }

    @Override
    public void pause() {
        loop.pause();
    }

    @Override
    public void requestStop(Stop stop) {
        loop.requestStop(stop);
    }

    @Override
    public List<Processor> processors() {
        return parts.stream().map(PcProcessor::processor).toList();
    }

    @Override
    public int currentProcessor() {
        return loop.current();
    }

    /** VT-x of a processor; null if the model has none. */
    public Vmx vmx(int processor) {
        return parts.get(processor).vmx();
    }

    /** The machine's VMCSs. */
    public VmcsTable vmcsTable() {
        return vmcsTable;
    }

    /** The image that was loaded. */
    public LoadedImage image() {
        return image;
    }

    /** The engines of a processor, engine 0 first. */
    public List<Engine> engines(int processor) {
        return parts.get(processor).engines();
    }

    @Override
    public FlatPhysicalMemory memory() {
        return memory;
    }

    @Override
    public Bus bus() {
        return board.bus();
    }

    @Override
    public Clock clock() {
        return board.clock();
    }

    @Override
    public HostInputLog input() {
        return board.input();
    }

    /**
     * Writes the state of the whole machine, between two runs. Host input to come is not part of it.
     */
    public void save(SnapshotWriter out) {
        board.save(out);
        out.component("run-loop");
        loop.save(out);
        out.component("vmcs-table");
        vmcsTable.save(out);
        parts.forEach(part -> part.save(out));
    }

    /** Reads what {@link #save} wrote on a machine of the same configuration. */
    public void restore(SnapshotReader in) {
        board.restore(in);
        in.component("run-loop");
        loop.restore(in);
        in.component("vmcs-table");
        vmcsTable.restore(in);
        parts.forEach(part -> part.restore(in));
    }

    @Override
    public void close() {
        parts.forEach(PcProcessor::close);
        memory.close();
    }
}
