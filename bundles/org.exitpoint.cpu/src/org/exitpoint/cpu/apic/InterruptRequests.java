/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import org.exitpoint.arch.Sdm;
import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;

/** Fixed interrupts from acceptance to end: the registers IRR, ISR, TMR and TPR, and PPR, which follows from them. */
@Sdm(section = "12.8.3", title = "Interrupt, Task, and Processor Priority")
final class InterruptRequests {
    private static final int CLASS = 0xF0;
    private static final int CLASS_SHIFT = 4;

    private final VectorSet requested = new VectorSet();
    private final VectorSet inService = new VectorSet();
    private final VectorSet level = new VectorSet();
    private int taskPriority;

    void reset() {
        requested.clear();
        inService.clear();
        level.clear();
        taskPriority = 0;
    }

    VectorSet requested() {
        return requested;
    }

    VectorSet inService() {
        return inService;
    }

    VectorSet level() {
        return level;
    }

    int taskPriority() {
        return taskPriority;
    }

    void setTaskPriority(int tpr) {
        taskPriority = tpr;
    }

    int taskPriorityClass() {
        return taskPriority >>> CLASS_SHIFT;
    }

    void setTaskPriorityClass(int priorityClass) {
        taskPriority = priorityClass << CLASS_SHIFT & CLASS;
    }

    /** PPR. Where the classes of TPR and the interrupt in service are equal the manual leaves the low bits open. */
    int processorPriority() {
        int service = Math.max(inService.highest(), 0) & CLASS;
        return (taskPriority & CLASS) >= service ? taskPriority : service;
    }

    void accept(int vector, boolean levelTriggered) {
        requested.add(vector);
        if (levelTriggered) {
            level.add(vector);
        } else {
            level.remove(vector);
        }
    }

    /** Whether the highest request is of a class above the processor's priority. */
    boolean isDeliverable() {
        int highest = requested.highest();
        return highest != VectorSet.NONE && (highest & CLASS) > (processorPriority() & CLASS);
    }

    /** Takes the highest request into service. */
    int take() {
        int vector = requested.highest();
        requested.remove(vector);
        inService.add(vector);
        return vector;
    }

    /** Ends the service of the highest vector and gives it; {@link VectorSet#NONE} if none is in service. */
    int endOfInterrupt() {
        int vector = inService.highest();
        if (vector != VectorSet.NONE) {
            inService.remove(vector);
        }
        return vector;
    }

    void save(StateWriter out) {
        requested.save("irr", out);
        inService.save("isr", out);
        level.save("tmr", out);
        out.number("tpr", taskPriority);
    }

    void restore(StateReader in) {
        requested.restore("irr", in);
        inService.restore("isr", in);
        level.restore("tmr", in);
        taskPriority = (int) in.number("tpr");
    }
}
