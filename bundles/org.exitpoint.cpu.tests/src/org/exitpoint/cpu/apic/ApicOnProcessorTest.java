/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Set;

import org.exitpoint.arch.msr.Msr;
import org.exitpoint.cpu.Processor;
import org.exitpoint.cpu.core.Core;
import org.exitpoint.cpu.core.NoVirtualization;
import org.exitpoint.cpu.cpuid.CpuModels;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.cpu.state.MsrSlots;
import org.exitpoint.machine.Bus;
import org.exitpoint.mmu.memory.FlatPhysicalMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The local APIC as a processor uses it: by physical addresses and model-specific registers. */
class ApicOnProcessorTest {
    private static final int RAM_BYTES = 1 << 20;
    private static final int TSC_DEADLINE_MODE = 2 << 17;

    private final HandClock clock = new HandClock();
    private final ApicBus apicBus = new ApicBus();
    private final FlatPhysicalMemory ram = new FlatPhysicalMemory(FlatPhysicalMemory.spanFor(RAM_BYTES));
    private LocalApic apic;
    private final Processor cpu = createProcessor();

    private Processor createProcessor() {
        ram.addRam(0, RAM_BYTES);
        Bus bus = (Bus) Proxy.newProxyInstance(Bus.class.getClassLoader(), new Class<?>[] {Bus.class},
            (_, method, _) -> {
                throw new UnsupportedOperationException(method.getName());
            });
        return new Processor(new Processor.Connections(0, 1, ram, bus, clock, CpuModels.parse("max", Set.of()), 1),
            this::createApic, _ -> new NoVirtualization());
    }

    private LocalApic createApic(Core core) {
        GuestState state = core.state();
        apic = new LocalApic(0, true, core.features().physicalAddressBits(),
            new ApicConnections(clock, () -> state.get(MsrSlots.TSC_OFFSET), apicBus, () -> 0, () -> { }));
        core.physicalAccess().setWindow(apic.window());
        return apic;
    }

    @AfterEach
    void close() {
        cpu.close();
        ram.close();
    }

    private void write(ApicRegister register, int value) {
        cpu.physicalAccess().store(apic.address() + register.offset(), 4, value);
    }

    @Test
    void theProcessorReachesTheRegistersAtTheirPhysicalAddress() {
        write(ApicRegister.TPR, 0x70);
        assertThat(cpu.interrupts().taskPriorityClass()).isEqualTo(7);
        assertThat(cpu.physicalAccess().load(apic.address() + ApicRegister.TPR.offset(), 4)).isEqualTo(0x70);
    }

    @Test
    void settingTheTimeStampCounterMovesTheDeadline() {
        write(ApicRegister.SPIV, 0x1FF);
        write(ApicRegister.LVT_TIMER, TSC_DEADLINE_MODE | 0x40);
        cpu.msrs().write(Msr.IA32_TSC_DEADLINE.address(), 1_000_000);
        assertThat(clock.nextDeadline()).isEqualTo(1_000_000);
        cpu.msrs().write(Msr.IA32_TIME_STAMP_COUNTER.address(), 999_900);
        assertThat(clock.nextDeadline()).isEqualTo(clock.now() + 100);
        cpu.msrs().write(Msr.IA32_TSC_ADJUST.address(), 0);
        assertThat(clock.nextDeadline()).isEqualTo(1_000_000);
    }
}
