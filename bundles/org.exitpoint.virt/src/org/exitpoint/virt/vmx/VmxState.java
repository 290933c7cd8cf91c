/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import java.util.Arrays;

import org.exitpoint.arch.vmx.ControlWord;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmxControl;
import org.exitpoint.cpu.event.Event;
import org.exitpoint.cpu.event.EventType;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;
import org.exitpoint.virt.vmx.vmcs.Vmcs;
import org.exitpoint.virt.vmx.vmcs.VmcsTable;

/**
 * What VMX adds to a processor's state: the pointers, and in non-root operation the controls that are in force, which
 * VM entry took from the VMCS and which software cannot change before the next VM exit.
 */
final class VmxState {
    /** In place of a pointer: there is none. What VMPTRST stores then. */
    static final long NO_POINTER = -1;

    private static final int WORDS = ControlWord.values().length;

    private final PhysicalMemory memory;
    private final VmcsTable table;
    private final long[] controls = new long[WORDS];

    /** Address of the VMXON region, or {@link #NO_POINTER} outside VMX operation. */
    long vmxonPointer = NO_POINTER;
    /** The current VMCS, or null. */
    Vmcs current;
    /** Exception bitmap in force. */
    long exceptionBitmap;
    /** Page-fault error-code mask in force. */
    long pageFaultMask;
    /** Page-fault error-code match in force. */
    long pageFaultMatch;
    /** CR0 guest/host mask in force; 0 outside non-root operation. */
    long cr0Mask;
    /** CR4 guest/host mask in force; 0 outside non-root operation. */
    long cr4Mask;
    /** CR0 read shadow in force. */
    long cr0Shadow;
    /** CR4 read shadow in force. */
    long cr4Shadow;
    /** What is added to the time-stamp counter that software reads; 0 unless a guest's controls say so. */
    long tscOffset;
    /** With "virtual NMIs": whether there is virtual-NMI blocking. */
    boolean virtualNmiBlocking;
    /** The event that the last VM entry injects, until it is delivered. */
    Event injected;
    /** Nominal time at which the VMX-preemption timer expires, or {@link Long#MAX_VALUE}. */
    long timerDeadline = Long.MAX_VALUE;
    /** Instruction pointer of an IRET that ended blocking by NMI; counts only with {@link #unblockingSteps}. */
    long unblockingRip;
    /** Step count of an IRET that ended blocking by NMI, or -1. */
    long unblockingSteps = -1;
    /** What led to the shutdown state by a VMX abort, or null. */
    String abortCause;

    VmxState(PhysicalMemory memory, VmcsTable table) {
        this.memory = memory;
        this.table = table;
    }

    /** Makes the VMCS at an address, whose region is RAM, the current one. */
    void load(long address) {
        current = new Vmcs(memory, table.at(address));
    }

    /** Takes the controls from the current VMCS, as VM entry does. */
    void enforce() {
        for (ControlWord word : ControlWord.values()) {
            controls[word.ordinal()] = current.controls(word);
        }
        exceptionBitmap = current.get(VmcsField.EXCEPTION_BITMAP);
        pageFaultMask = current.get(VmcsField.PAGE_FAULT_ERROR_CODE_MASK);
        pageFaultMatch = current.get(VmcsField.PAGE_FAULT_ERROR_CODE_MATCH);
        cr0Mask = current.get(VmcsField.CR0_GUEST_HOST_MASK);
        cr4Mask = current.get(VmcsField.CR4_GUEST_HOST_MASK);
        cr0Shadow = current.get(VmcsField.CR0_READ_SHADOW);
        cr4Shadow = current.get(VmcsField.CR4_READ_SHADOW);
        tscOffset = has(VmxControl.USE_TSC_OFFSETTING) ? current.get(VmcsField.TSC_OFFSET) : 0;
    }

    /** Leaves non-root operation: no control is in force. */
    void release() {
        Arrays.fill(controls, 0);
        exceptionBitmap = 0;
        cr0Mask = 0;
        cr4Mask = 0;
        tscOffset = 0;
        virtualNmiBlocking = false;
        injected = null;
        timerDeadline = Long.MAX_VALUE;
        unblockingSteps = -1;
    }

    /** Puts everything in its state after RESET. */
    void reset() {
        release();
        vmxonPointer = NO_POINTER;
        current = null;
        abortCause = null;
    }

    /** Whether a control is 1 and in force. */
    boolean has(VmxControl control) {
        return (controls[control.word().ordinal()] & control.mask()) != 0;
    }

    /** A control word in force. */
    long controls(ControlWord word) {
        return controls[word.ordinal()];
    }

    void save(StateWriter out, boolean guest) {
        out.number("vmx.vmxon", vmxonPointer);
        out.number("vmx.current", current == null ? NO_POINTER : current.address());
        out.number("vmx.guest", guest ? 1 : 0);
        out.number("vmx.virtualNmiBlocking", virtualNmiBlocking ? 1 : 0);
        out.number("vmx.timerDeadline", timerDeadline);
        out.number("vmx.unblockingRip", unblockingRip);
        out.number("vmx.unblockingSteps", unblockingSteps);
        out.number("vmx.injected", injected == null ? 0 : 1);
        if (injected != null) {
            out.number("vmx.injected.type", injected.type().ordinal());
            out.number("vmx.injected.vector", injected.vector());
            out.number("vmx.injected.hasErrorCode", injected.hasErrorCode() ? 1 : 0);
            out.number("vmx.injected.errorCode", injected.errorCode());
            out.number("vmx.injected.length", injected.instructionLength());
        }
    }

    void restore(StateReader in) {
        reset();
        vmxonPointer = in.number("vmx.vmxon");
        long pointer = in.number("vmx.current");
        if (pointer != NO_POINTER) {
            load(pointer);
        }
        if (in.number("vmx.guest") != 0) {
            enforce();
        }
        virtualNmiBlocking = in.number("vmx.virtualNmiBlocking") != 0;
        timerDeadline = in.number("vmx.timerDeadline");
        unblockingRip = in.number("vmx.unblockingRip");
        unblockingSteps = in.number("vmx.unblockingSteps");
        if (in.number("vmx.injected") != 0) {
            EventType type = EventType.values()[(int) in.number("vmx.injected.type")];
            int vector = (int) in.number("vmx.injected.vector");
            boolean hasErrorCode = in.number("vmx.injected.hasErrorCode") != 0;
            long errorCode = in.number("vmx.injected.errorCode");
            injected = new Event(type, vector, hasErrorCode, errorCode, 0, (int) in.number("vmx.injected.length"));
        }
    }
}
