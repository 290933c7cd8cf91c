/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.vmcs;

import java.util.Arrays;

import org.exitpoint.arch.vmx.VmcsField;

/**
 * What the machine knows of one VMCS besides its region: launch state, how often it was cleared, and for each field who
 * wrote it last by VMWRITE. The machine's thread only.
 */
public final class VmcsRecord {
    /** In place of a step count: the field was not written by VMWRITE since the VMCS was cleared. */
    public static final long NEVER = -1;

    private static final int FIELDS = VmcsField.values().length;

    private final long address;
    private boolean launched;
    private int incarnation;
    private final long[] writerRip = new long[FIELDS];
    private final long[] writerSteps = new long[FIELDS];

    VmcsRecord(long address) {
        this.address = address;
        Arrays.fill(writerSteps, NEVER);
    }

    /** Host-physical address of the region. */
    public long address() {
        return address;
    }

    /** Whether the launch state is "launched". */
    public boolean isLaunched() {
        return launched;
    }

    /** Sets the launch state to "launched". */
    public void launch() {
        launched = true;
    }

    /** How often VMCLEAR was executed on the region. */
    public int incarnation() {
        return incarnation;
    }

    /** VMCLEAR: the launch state becomes "clear", and nobody has written a field yet. */
    public void clear() {
        launched = false;
        incarnation++;
        Arrays.fill(writerSteps, NEVER);
    }

    /** Notes a VMWRITE at an instruction pointer and step count. */
    public void written(VmcsField field, long rip, long steps) {
        int index = field.ordinal();
        writerRip[index] = rip;
        writerSteps[index] = steps;
    }

    /** Instruction pointer of the VMWRITE that wrote a field last; counts only with {@link #writerSteps}. */
    public long writerRip(VmcsField field) {
        return writerRip[field.ordinal()];
    }

    /** Step count at which VMWRITE wrote a field last, or {@link #NEVER}. */
    public long writerSteps(VmcsField field) {
        return writerSteps[field.ordinal()];
    }

    void restore(boolean wasLaunched, int count) {
        launched = wasLaunched;
        incarnation = count;
    }

    long[] ripsOfWriters() {
        return writerRip;
    }

    long[] stepsOfWriters() {
        return writerSteps;
    }
}
