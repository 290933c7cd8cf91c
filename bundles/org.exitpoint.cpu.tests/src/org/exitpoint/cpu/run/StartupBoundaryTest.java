/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.Set;

import org.exitpoint.cpu.Processor;
import org.exitpoint.cpu.core.LocalInterrupts;
import org.exitpoint.cpu.core.NoVirtualization;
import org.exitpoint.cpu.cpuid.CpuModels;
import org.exitpoint.cpu.interruption.Interruption;
import org.exitpoint.cpu.state.Activity;
import org.exitpoint.cpu.state.Attention;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.machine.Bus;
import org.exitpoint.machine.Clock;
import org.exitpoint.mmu.memory.FlatPhysicalMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A start-up IPI at the instruction boundary. */
class StartupBoundaryTest {
    private static final int RAM_BYTES = 1 << 20;

    private final FlatPhysicalMemory ram = new FlatPhysicalMemory(FlatPhysicalMemory.spanFor(RAM_BYTES));
    private int startup = 0x12;
    private final Processor cpu = new Processor(new Processor.Connections(0, 1, ram, unused(Bus.class),
        unused(Clock.class), CpuModels.parse("max", Set.of()), 1), _ -> interrupts(), _ -> new NoVirtualization());

    private static <T> T unused(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> {
            throw new UnsupportedOperationException(method.getName());
        }));
    }

    private LocalInterrupts interrupts() {
        return (LocalInterrupts) Proxy.newProxyInstance(LocalInterrupts.class.getClassLoader(),
            new Class<?>[] {LocalInterrupts.class}, (_, method, _) -> switch (method.getName()) {
                case "reset" -> null;
                case "takeInit" -> false;
                case "takeStartup" -> {
                    int taken = startup;
                    startup = -1;
                    yield taken;
                }
                default -> throw new UnsupportedOperationException(method.getName());
            });
    }

    @AfterEach
    void close() {
        cpu.close();
        ram.close();
    }

    @Test
    void isLostOnAProcessorThatDoesNotWaitForIt() {
        cpu.state().attend(Attention.INIT);
        assertThat(new InstructionBoundary(cpu).process()).isFalse();
        assertThat(startup).isEqualTo(-1);
        assertThat(cpu.state().get32(GuestState.ATTENTION)).isZero();
    }

    @Test
    void isTakenByOneThatWaits() {
        cpu.state().set8(GuestState.ACTIVITY, Activity.WAIT_FOR_SIPI.ordinal());
        cpu.state().attend(Attention.INIT);
        assertThatThrownBy(() -> new InstructionBoundary(cpu).process())
            .isInstanceOf(Interruption.NotImplemented.class).hasMessageContaining("start-up IPI");
        assertThat(startup).isEqualTo(-1);
    }
}
