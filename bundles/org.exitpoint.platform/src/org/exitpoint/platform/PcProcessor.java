/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform;

import java.util.List;

import org.exitpoint.arch.CpuidFeature;
import org.exitpoint.cpu.Processor;
import org.exitpoint.cpu.apic.ApicBus;
import org.exitpoint.cpu.apic.ApicConnections;
import org.exitpoint.cpu.apic.LocalApic;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.core.NoVirtualization;
import org.exitpoint.cpu.core.Virtualization;
import org.exitpoint.cpu.cpuid.CpuModel;
import org.exitpoint.cpu.engine.CodeListener;
import org.exitpoint.cpu.engine.Engine;
import org.exitpoint.cpu.interpreter.Interpreter;
import org.exitpoint.cpu.run.Slice;
import org.exitpoint.cpu.state.Attention;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.MsrSlots;
import org.exitpoint.platform.snapshot.SnapshotReader;
import org.exitpoint.platform.snapshot.SnapshotWriter;
import org.exitpoint.translate.Translator;
import org.exitpoint.virt.vmx.Vmx;
import org.exitpoint.virt.vmx.capability.ImplementedControls;
import org.exitpoint.virt.vmx.capability.VmxCapabilities;
import org.exitpoint.virt.vmx.capability.VmxModel;
import org.exitpoint.virt.vmx.vmcs.VmcsTable;

/** A processor of a PC with what belongs to it alone: local APIC, virtualization, engines. */
final class PcProcessor implements AutoCloseable {
    private final PcBoard board;
    private final VmcsTable vmcsTable;
    private final ApicBus apicBus;
    private final Processor processor;
    private final Slice slice;
    private final List<Engine> engines;
    private LocalApic apic;
    private Vmx vmx;

    /**
     * Makes a processor and connects it.
     *
     * @param connections what the processor proper is connected to
     * @param board the board that it is on
     * @param vmcsTable the machine's VMCSs
     * @param apicBus connects the local APICs
     * @param engine what executes instructions
     * @param code told what the engines decode
     */
    PcProcessor(Processor.Connections connections, PcBoard board, VmcsTable vmcsTable, ApicBus apicBus,
            EngineKind engine, CodeListener code) {
        this.board = board;
        this.vmcsTable = vmcsTable;
        this.apicBus = apicBus;
        processor = new Processor(connections, this::makeApic, core -> makeVirtualization(core, connections.model()));
        Interpreter interpreter = new Interpreter(processor, processor.code(), processor.helpers(), code);
        Engine main = switch (engine) {
            case INTERPRETER -> interpreter;
            case TRANSLATOR -> new Translator(processor, interpreter, processor.code(), code);
        };
        engines = main == interpreter ? List.of(interpreter) : List.of(interpreter, main);
        slice = new Slice(processor, interpreter, main);
        apicBus.connect(apic);
    }

    private LocalApic makeApic(Core core) {
        GuestState state = core.state();
        apic = new LocalApic(core.index(), core.index() == 0, core.features().physicalAddressBits(),
            new ApicConnections(core.clock(), () -> state.get(MsrSlots.TSC_OFFSET), apicBus,
                board::acknowledgeInterrupt, () -> interruptsChanged(state)));
        core.physicalAccess().setWindow(apic.window());
        return apic;
    }

    /** Puts in the state what the instruction boundary looks at. */
    private void interruptsChanged(GuestState state) {
        state.set8(GuestState.INTERRUPT_PENDING, apic.isInterruptPending() ? 1 : 0);
        if (apic.isNmiPending()) {
            state.attend(Attention.NMI);
        }
        if (apic.isInitOrStartupPending()) {
            state.attend(Attention.INIT);
        }
    }

    private Virtualization makeVirtualization(Core core, CpuModel model) {
        if (!model.has(CpuidFeature.VMX)) {
            return new NoVirtualization();
        }
        VmxModel vmxModel = VmxModel.of(model, Processor.pagingFeatures(model));
        vmx = new Vmx(core, new VmxCapabilities(vmxModel, ImplementedControls.of(model)), vmcsTable);
        return vmx;
    }

    Processor processor() {
        return processor;
    }

    LocalApic apic() {
        return apic;
    }

    /** Its VT-x; null if the model has none. */
    Vmx vmx() {
        return vmx;
    }

    Slice slice() {
        return slice;
    }

    List<Engine> engines() {
        return engines;
    }

    void save(SnapshotWriter out) {
        out.component("processor" + processor.index());
        processor.save(out);
        out.component(apic.name());
        apic.save(out);
        if (vmx != null) {
            out.component("vmx" + processor.index());
            vmx.save(out);
        }
    }

    void restore(SnapshotReader in) {
        in.component("processor" + processor.index());
        processor.restore(in);
        in.component(apic.name());
        apic.restore(in);
        if (vmx != null) {
            in.component("vmx" + processor.index());
            vmx.restore(in);
        }
        engines.forEach(Engine::flush);
        interruptsChanged(processor.state());
    }

    @Override
    public void close() {
        for (Engine engine : engines) {
            if (engine instanceof Translator translator) {
                translator.close();
            }
        }
        processor.close();
    }
}
