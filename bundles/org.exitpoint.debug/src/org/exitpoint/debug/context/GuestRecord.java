/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.context;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.arch.vmx.VmcsLayout;
import org.exitpoint.cpu.state.GuestState;
import org.exitpoint.debug.api.context.ContextId;
import org.exitpoint.machine.PhysicalMemory;

/**
 * What is known of a guest besides its VMCS: its name, what it is nested in, the registers that a VM exit leaves in the
 * processor, and its VMCS as it was before. Machine's thread only.
 */
public final class GuestRecord {
    private final ContextId.Guest id;
    private final int number;
    private ContextId.Guest outer;
    private long exitSteps = -1;
    private final long[] saved = new long[SavedRegister.values().length];
    private byte[] baseline;

    /** Registers that no VMCS holds. */
    public enum SavedRegister {
        RAX(GuestState.REGISTERS), RCX(GuestState.REGISTERS + 8), RDX(GuestState.REGISTERS + 2 * 8),
        RBX(GuestState.REGISTERS + 3 * 8), RBP(GuestState.REGISTERS + 5 * 8), RSI(GuestState.REGISTERS + 6 * 8),
        RDI(GuestState.REGISTERS + 7 * 8), R8(GuestState.REGISTERS + 8 * 8), R9(GuestState.REGISTERS + 9 * 8),
        R10(GuestState.REGISTERS + 10 * 8), R11(GuestState.REGISTERS + 11 * 8), R12(GuestState.REGISTERS + 12 * 8),
        R13(GuestState.REGISTERS + 13 * 8), R14(GuestState.REGISTERS + 14 * 8), R15(GuestState.REGISTERS + 15 * 8),
        CR2(GuestState.CR2), XCR0(GuestState.XCR0), DR0(GuestState.DEBUG_REGISTERS),
        DR1(GuestState.DEBUG_REGISTERS + 8), DR2(GuestState.DEBUG_REGISTERS + 2 * 8),
        DR3(GuestState.DEBUG_REGISTERS + 3 * 8), DR6(GuestState.DEBUG_REGISTERS + 6 * 8);

        private static final SavedRegister[] ALL = values();
        private final int offset;

        SavedRegister(int offset) {
            this.offset = offset;
        }

        /** Where {@link GuestState} has it. */
        public int offset() {
            return offset;
        }
    }

    GuestRecord(ContextId.Guest id, int number) {
        this.id = id;
        this.number = number;
    }

    /** The guest. */
    public ContextId.Guest id() {
        return id;
    }

    /** Its name. */
    public String name() {
        return ContextTable.GUEST + number;
    }

    /** The guest that it is nested in, if it was inferred that there is one. */
    public Optional<ContextId.Guest> outer() {
        return Optional.ofNullable(outer);
    }

    void setOuter(ContextId.Guest newOuter) {
        outer = newOuter;
    }

    /** Step count of its last VM exit. */
    public OptionalLong exitSteps() {
        return exitSteps < 0 ? OptionalLong.empty() : OptionalLong.of(exitSteps);
    }

    void exited(GuestState state, long steps) {
        exitSteps = steps;
        for (SavedRegister register : SavedRegister.ALL) {
            saved[register.ordinal()] = state.get(register.offset);
        }
    }

    /** A register as it was at the last VM exit; meaningful only if there was one. */
    public long saved(SavedRegister register) {
        return saved[register.ordinal()];
    }

    /** Notes how the VMCS is now, to tell later what changed. */
    public void mark(PhysicalMemory memory) {
        if (baseline == null) {
            baseline = new byte[VmcsLayout.REGION_SIZE];
        }
        memory.read(id.vmcsHpa(), baseline, 0, baseline.length);
    }

    boolean isMarked() {
        return baseline != null;
    }

    /** A field's value when the VMCS was last marked. */
    public OptionalLong previous(VmcsField field) {
        if (baseline == null) {
            return OptionalLong.empty();
        }
        byte[] slot = Arrays.copyOfRange(baseline, field.offset(), field.offset() + Long.BYTES);
        long value = 0;
        for (int i = slot.length - 1; i >= 0; i--) {
            value = value << Byte.SIZE | slot[i] & 0xff;
        }
        return OptionalLong.of(value & field.width().mask());
    }
}
