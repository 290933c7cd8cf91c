/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.core;

import java.util.OptionalLong;
import java.util.function.IntSupplier;

import org.exitpoint.cpu.event.Event;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.ops.Intercept;
import org.exitpoint.isa.shape.Instruction;

/**
 * The port behind which virtualization stands. The processor knows that a sensitive event happened; an implementation
 * (VT-x, AMD-V, or one that knows neither) decides whether it exits, and does the exit.
 *
 * <p>Methods that give a boolean say whether a VM exit was done: the state is then the host's, its instruction pointer
 * the host's entry point, and the caller must go back to the instruction boundary without touching the state. All are
 * called by the machine's thread, before the instruction or event has committed anything. The fast question, whether
 * anybody cares, is the intercept mask in the state, which the implementation keeps.
 */
public interface Virtualization {

    /**
     * A sensitive instruction whose bit in the intercept mask is set. The qualification is 0 but for INVLPG (linear
     * address).
     */
    boolean intercept(Intercept event, Instruction instruction, long qualification);

    /**
     * A write of a control register, before its value is checked. For LMSW with a memory operand its linear address.
     */
    boolean interceptCrWrite(CrAccess access, Instruction instruction, int controlRegister, int generalRegister,
            long value, OptionalLong linearAddress);

    /** A read of CR3 or CR8. */
    boolean interceptCrRead(Instruction instruction, int controlRegister, int generalRegister);

    /** A MOV to or from a debug register, after its #UD and privilege checks. */
    boolean interceptMovDr(Instruction instruction, int debugRegister, boolean write, int generalRegister);

    /** An I/O instruction, after its privilege checks. */
    boolean interceptIo(Instruction instruction, IoAccess access);

    /** A RDMSR or WRMSR, after its privilege check. */
    boolean interceptMsr(Instruction instruction, int msr, boolean write);


    /** An exception or software exception about to be delivered; called also for those raised by a delivery. */
    boolean interceptException(Event event);

    /** Whether an external interrupt should exit even if interrupts are masked, so that the boundary asks at all. */
    boolean wantsExternalInterrupts();

    /**
     * An external interrupt is pending and nothing blocks it; {@code acknowledge} takes its vector from the interrupt
     * controller.
     */
    boolean interceptExternalInterrupt(IntSupplier acknowledge);

    /** An NMI is pending and nothing blocks it. */
    boolean interceptNmi();

    /** Exceptions led to the shutdown state. */
    boolean interceptTripleFault();

    /** An INIT signal arrived. */
    boolean interceptInit();

    /** A start-up IPI arrived for a processor in the wait-for-SIPI state. */
    boolean interceptSipi(int vector);

    /** A guest-physical translation failed; details stand in the MMU's fault record. Always exits. */
    void guestPhysicalFault();

    /**
     * Exits at an instruction boundary that have no instruction: timers, windows. Asked when attention calls for it.
     */
    boolean interceptBoundary(BoundaryEvent event);

    /**
     * The event that a VM entry injects, which the boundary delivers before anything else happens, or null. Asked when
     * attention calls for it; taking the event ends it.
     */
    Event takeInjectedEvent();

    /** Steps until the virtualization wants the boundary to ask for {@link BoundaryEvent#PREEMPTION_TIMER}. */
    long stepsToTimer();

    /** What software reads from CR0 or CR4, given the register's value. */
    long visibleControlRegister(int controlRegister, long value);

    /** What a write of CR0 or CR4 that does not exit puts in the register, given its old value. */
    long mergeControlRegister(int controlRegister, long old, long value);

    /** Whether VMX operation allows a value in CR0 or CR4. */
    boolean allowsControlRegister(int controlRegister, long value);

    /** The time-stamp counter that software reads, given the processor's. */
    long visibleTimeStampCounter(long tsc);

    /**
     * Whether the current context may not use an instruction at all, so that it raises #UD: RDTSCP and RDPID without
     * "enable RDTSCP", INVPCID without "enable INVPCID", in VMX non-root operation.
     */
    boolean forbids(Helper helper);

    /**
     * An IRET starts: whether it ends blocking by NMI in the processor. With virtual NMIs the implementation ends
     * virtual-NMI blocking instead; a guest with NMI exiting and no virtual NMIs ends nothing. The implementation notes
     * what was ended for an exit that this IRET may yet cause ("NMI unblocking due to IRET").
     */
    boolean iretUnblocksNmi();

    /** An MSR that the virtualization owns, or empty if it is none of its. */
    OptionalLong readMsr(int msr);

    /** Writes an MSR that the virtualization owns; false if it is none of its. Raises #GP where the manual does. */
    boolean writeMsr(int msr, long value);

    /** Executes a virtualization instruction's helper; the arguments are the helper's. */
    void execute(Helper helper, Instruction instruction, long first, long second);

    /** What led to the shutdown state if the virtualization did (a VMX abort), in a sentence; else null. */
    String shutdownCause();

    /** Puts the virtualization in its state after a reset. */
    void reset();
}
