/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.engine.Engine;
import org.exitpoint.debug.api.SessionException;
import org.exitpoint.debug.port.MachineControl;
import org.exitpoint.debug.port.VmxInspection;
import org.exitpoint.debug.port.VmxObserver;
import org.exitpoint.machine.Machine;
import org.exitpoint.machine.Stop;
import org.exitpoint.platform.PcMachine;
import org.exitpoint.platform.lockstep.LockstepMachine;
import org.exitpoint.virt.vmx.Vmx;
import org.exitpoint.virt.vmx.vmcs.VmcsRecord;

/** A PC, or two in lock-step, behind the port of a session. */
public final class PlatformMachine implements MachineControl, VmxInspection {
    /** The channel of host input on which a debugger's edits are logged. */
    private static final String EDITS = "debugger";
    private static final double PERCENT = 100;

    private final Machine machine;
    private final PcMachine pc;
    private final boolean editable;
    private final List<Core> processors;

    private PlatformMachine(Machine machine, PcMachine pc) {
        this.machine = machine;
        this.pc = pc;
        this.editable = machine == pc;
        this.processors = List.copyOf(pc.processors());
    }

    /**
     * A PC.
     *
     * @param pc the machine, which is closed with this
     * @return the port
     */
    public static PlatformMachine of(PcMachine pc) {
        return new PlatformMachine(pc, pc);
    }

    /**
     * Two PCs in lock-step, of which one sees the one with the interpreter. They cannot be edited.
     *
     * @param both the machines, which are closed with this
     * @return the port
     */
    public static PlatformMachine of(LockstepMachine both) {
        return new PlatformMachine(both, both.reference());
    }

    @Override
    public List<Core> processors() {
        return processors;
    }

    @Override
    public int nextProcessor() {
        return machine.currentProcessor();
    }

    @Override
    public Stop run(long steps) {
        return machine.run(steps);
    }

    @Override
    public void requestPause() {
        machine.pause();
    }

    @Override
    public void stop(int vcpu, Object cause) {
        machine.requestStop(new Stop.Hook(vcpu, cause));
    }

    @Override
    public void observe(VmxObserver observer) {
        for (Core processor : processors) {
            Vmx vmx = pc.vmx(processor.index());
            if (vmx != null) {
                vmx.setListener(new VmxEvents(processor.index(), observer));
            }
        }
    }

    @Override
    public VmxInspection vmx() {
        return this;
    }

    @Override
    public OptionalLong current(int vcpu) {
        Vmx vmx = pc.vmx(vcpu);
        return vmx == null || vmx.currentVmcs() == null ? OptionalLong.empty()
                : OptionalLong.of(vmx.currentVmcs().address());
    }

    @Override
    public boolean exists(VmcsField field) {
        Vmx vmx = pc.vmx(0);
        return vmx != null && vmx.capabilities().exists(field);
    }

    @Override
    public Optional<Writer> lastWriter(long vmcs, VmcsField field) {
        return pc.vmcsTable().all().stream().filter(known -> known.address() == vmcs)
                .filter(known -> known.writerSteps(field) != VmcsRecord.NEVER).findFirst()
                .map(known -> new Writer(known.writerRip(field), known.writerSteps(field)));
    }

    @Override
    public void onEdit(Consumer<byte[]> editor) {
        if (editable) {
            pc.input().receiver(EDITS, editor::accept);
        }
    }

    @Override
    public void edit(byte[] edit) {
        if (!editable) {
            throw new SessionException("the machines of a lock-step run cannot be changed");
        }
        pc.input().offer(EDITS, edit);
        pc.input().deliver();
    }

    @Override
    public List<String> statistics() {
        List<String> lines = new ArrayList<>();
        for (Core processor : processors) {
            for (Engine engine : pc.engines(processor.index())) {
                lines.add("processor " + processor.index() + " " + counted(engine));
            }
        }
        return lines;
    }

    private static String counted(Engine engine) {
        Engine.Statistics counted = engine.statistics();
        String line = String.format(Locale.ROOT, "%s: %d steps, %d blocks decoded or translated",
                engine.getClass().getSimpleName().toLowerCase(Locale.ROOT), counted.retired(), counted.blocks());
        return counted.bytes() == 0 ? line : line + String.format(Locale.ROOT,
                ", %d bytes of host code, %.3f %% of the steps handed to the interpreter", counted.bytes(),
                PERCENT * counted.handedOver() / Math.max(1, counted.retired()));
    }

    @Override
    public void close() {
        machine.close();
    }
}
