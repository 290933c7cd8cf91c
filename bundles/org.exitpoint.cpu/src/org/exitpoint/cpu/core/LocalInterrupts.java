/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.core;

/** The local interrupt controller of a processor as the processor's core sees it. The machine's thread only. */
public interface LocalInterrupts {
    /** Whether an interrupt waits that is above the processor's priority, or one from the external controller. */
    boolean isInterruptPending();

    /** Takes the vector of the highest waiting interrupt, which is in service from now on. */
    int acknowledge();

    /** Whether an NMI waits. */
    boolean isNmiPending();

    /** Takes the waiting NMI. */
    void acknowledgeNmi();

    /** Takes a waiting INIT signal; false if there is none. */
    boolean takeInit();

    /** Takes the vector of a waiting start-up IPI, 0 to 255; -1 if there is none. */
    int takeStartup();

    /** CR8: bits 7:4 of the task-priority register. */
    int taskPriorityClass();

    /** Sets CR8. */
    void setTaskPriorityClass(int priorityClass);

    /** IA32_APIC_BASE. */
    long base();

    /** Writes IA32_APIC_BASE; raises #GP(0) for reserved bits and transitions that do not exist. */
    void setBase(long value);

    /** IA32_TSC_DEADLINE. */
    long tscDeadline();

    /** Writes IA32_TSC_DEADLINE. */
    void setTscDeadline(long value);

    /** Says that software has set the time-stamp counter, which IA32_TSC_DEADLINE is compared with. */
    void timeStampCounterChanged();

    /** Puts the controller in its state after power-on. */
    void reset();
}
