/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import org.exitpoint.cpu.core.LocalInterrupts;

/** An interrupt controller at which nothing arrives. */
final class FakeInterrupts implements LocalInterrupts {
    private long base = 0xFEE0_0900L;
    private int priority;

    @Override
    public boolean isInterruptPending() {
        return false;
    }

    @Override
    public int acknowledge() {
        throw new IllegalStateException("no interrupt");
    }

    @Override
    public boolean isNmiPending() {
        return false;
    }

    @Override
    public void acknowledgeNmi() {
        throw new IllegalStateException("no NMI");
    }

    @Override
    public boolean takeInit() {
        return false;
    }

    @Override
    public int takeStartup() {
        return -1;
    }

    @Override
    public int taskPriorityClass() {
        return priority;
    }

    @Override
    public void setTaskPriorityClass(int priorityClass) {
        priority = priorityClass;
    }

    @Override
    public long base() {
        return base;
    }

    @Override
    public void setBase(long value) {
        base = value;
    }

    @Override
    public long tscDeadline() {
        return 0;
    }

    @Override
    public void setTscDeadline(long value) {
        // There is no timer.
    }

    @Override
    public void reset() {
        priority = 0;
    }

    @Override
    public void timeStampCounterChanged() {
        throw new UnsupportedOperationException();
    }
}
