/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import java.util.List;
import java.util.Locale;
import org.exitpoint.arch.BitField;
import org.exitpoint.arch.ExceptionVector;
import org.exitpoint.arch.Sdm;

/**
 * The exit qualification, decoded. Each variant encodes with the bit fields it decodes with: the processor builds
 * qualifications from these records, the debugger takes them apart into them.
 */
@Sdm(section = "29.2.1", title = "Basic VM-Exit Information")
public sealed interface ExitQualification permits CrAccess, MovDr, IoInstruction, EptViolation, TaskSwitch,
        DebugException, ApicAccess, EntryFailure, ExitQualification.Address, ExitQualification.Number,
        ExitQualification.Undefined {
    /**
     * The field's value.
     *
     * @return 64 bits
     */
    long encode();

    /**
     * The qualification in words.
     *
     * @return a phrase without full stop, empty if there is nothing to say
     */
    String inWords();

    /**
     * The bit fields of this variant, for display.
     *
     * @return an unmodifiable list, empty if the field is a single value
     */
    default List<BitField> fields() {
        return List.of();
    }

    /**
     * An address or displacement.
     *
     * @param value the address or displacement
     * @param what what it is, for example {@code "linear address"}
     */
    record Address(long value, String what) implements ExitQualification {
        @Override
        public long encode() {
            return value;
        }

        @Override
        public String inWords() {
            return String.format(Locale.ROOT, "%s 0x%x", what, value);
        }
    }

    /**
     * A small number, such as a vector or the number of a list entry.
     *
     * @param value the number
     * @param what what it is, for example {@code "vector"}
     */
    record Number(long value, String what) implements ExitQualification {
        @Override
        public long encode() {
            return value;
        }

        @Override
        public String inWords() {
            return String.format(Locale.ROOT, "%s %d (0x%x)", what, value, value);
        }
    }

    /**
     * A qualification that the manual does not define for the exit reason; it is 0.
     *
     * @param value what the field holds all the same
     */
    record Undefined(long value) implements ExitQualification {
        @Override
        public long encode() {
            return value;
        }

        @Override
        public String inWords() {
            return value == 0 ? "" : String.format(Locale.ROOT, "undefined value 0x%x", value);
        }
    }

    /**
     * Decodes the qualification of an exit other than one due to an exception.
     *
     * @param reason the exit reason
     * @param value the exit-qualification field
     * @return the decoded qualification
     */
    static ExitQualification decode(ExitReason reason, long value) {
        return switch (reason) {
            case CR_ACCESS -> CrAccess.decode(value);
            case MOV_DR -> MovDr.decode(value);
            case IO_INSTRUCTION, IO_SMI -> IoInstruction.decode(value);
            case EPT_VIOLATION -> EptViolation.decode(value);
            case TASK_SWITCH -> TaskSwitch.decode(value);
            case APIC_ACCESS -> ApicAccess.decode(value);
            case ENTRY_FAILURE_GUEST_STATE -> EntryFailure.decode(value);
            case INVLPG -> new Address(value, "linear address");
            case VMCLEAR, VMPTRLD, VMPTRST, VMREAD, VMWRITE, VMXON, INVEPT, INVVPID, INVPCID, GDTR_IDTR_ACCESS,
                    LDTR_TR_ACCESS, XSAVES, XRSTORS -> new Address(value, "displacement");
            case ENTRY_FAILURE_MSR_LOADING -> new Number(value, "entry of the VM-entry MSR-load list, counted from 1:");
            case STARTUP_IPI, VIRTUALIZED_EOI -> new Number(value, "vector");
            case APIC_WRITE -> new Number(value, "page offset");
            case RDMSR_IMMEDIATE, WRMSRNS_IMMEDIATE, URDMSR, UWRMSR, RDMSRLIST, WRMSRLIST ->
                    new Number(value, "MSR");
            case MWAIT -> new Number(value, "address-range monitoring armed:");
            default -> new Undefined(value);
        };
    }

    /**
     * Decodes the qualification of an exit due to an exception or NMI.
     *
     * @param event the VM-exit interruption information
     * @param value the exit-qualification field
     * @return the decoded qualification
     */
    static ExitQualification decode(InterruptionInfo event, long value) {
        if (event.type() == InterruptionInfo.Type.NMI) {
            return new Undefined(value);
        }
        ExceptionVector vector = ExceptionVector.ofVector(event.vector());
        if (vector == ExceptionVector.DB) {
            return DebugException.decode(value);
        }
        return vector == ExceptionVector.PF ? new Address(value, "linear address") : new Undefined(value);
    }
}
