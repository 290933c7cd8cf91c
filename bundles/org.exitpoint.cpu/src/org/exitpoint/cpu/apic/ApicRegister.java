/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.apic;

import org.exitpoint.arch.Sdm;

/** The registers of the local APIC: where they stand in its page, and which of their bits software can write. */
@Sdm(section = "12.4.1", title = "The Local APIC Block Diagram")
public enum ApicRegister {
    /** Local APIC ID. */
    ID(0x20, 0),
    /** Version, and number of the last entry of the local vector table. */
    VERSION(0x30, 0),
    /** Task priority. */
    TPR(0x80, 0xFF),
    /** Arbitration priority; present processors have none, but do not count an access as an error. */
    APR(0x90, 0),
    /** Processor priority. */
    PPR(0xA0, 0),
    /** End of interrupt; any value. Write-only. */
    EOI(0xB0, -1),
    /** Remote read; present processors have none, but do not count an access as an error. */
    RRD(0xC0, 0),
    /** Logical destination. */
    LDR(0xD0, 0xFF00_0000),
    /** Destination format: the model in the top four bits, the others read as ones. */
    DFR(0xE0, 0xF000_0000),
    /** Spurious-interrupt vector and software enable. */
    SPIV(0xF0, 0x1FF),
    /** In-service, 256 bits. */
    ISR(0x100, 0, 8),
    /** Trigger mode, 256 bits. */
    TMR(0x180, 0, 8),
    /** Interrupt request, 256 bits. */
    IRR(0x200, 0, 8),
    /** Error status; a write makes what was detected since the last write readable. */
    ESR(0x280, -1),
    /** Interrupt command, low half: writing it sends. Delivery status reads as idle. */
    ICR_LOW(0x300, 0xC_CFFF),
    /** Interrupt command, high half: the destination. */
    ICR_HIGH(0x310, 0xFF00_0000),
    /** Local vector table: timer. */
    LVT_TIMER(0x320, 0x7_00FF),
    /** Local vector table: thermal sensor. */
    LVT_THERMAL(0x330, 0x1_07FF),
    /** Local vector table: performance-monitoring counters. */
    LVT_PERFORMANCE(0x340, 0x1_07FF),
    /** Local vector table: pin LINT0. */
    LVT_LINT0(0x350, 0x1_A7FF),
    /** Local vector table: pin LINT1. */
    LVT_LINT1(0x360, 0x1_A7FF),
    /** Local vector table: error. */
    LVT_ERROR(0x370, 0x1_00FF),
    /** Timer: initial count. */
    INITIAL_COUNT(0x380, -1),
    /** Timer: current count. */
    CURRENT_COUNT(0x390, 0),
    /** Timer: divide configuration. */
    DIVIDE_CONFIGURATION(0x3E0, 0xB);

    /** Distance of two registers in bytes. Only the first four bytes of each step are defined. */
    static final int STEP = 16;
    /** Width of a register in bytes. */
    static final int BYTES = 4;

    private static final ApicRegister[] BY_STEP = byStep();

    private final int offset;
    private final int writable;
    private final int count;

    ApicRegister(int offset, int writable) {
        this(offset, writable, 1);
    }

    ApicRegister(int offset, int writable, int count) {
        this.offset = offset;
        this.writable = writable;
        this.count = count;
    }

    private static ApicRegister[] byStep() {
        ApicRegister[] table = new ApicRegister[LocalApic.PAGE_BYTES / STEP];
        for (ApicRegister register : values()) {
            for (int i = 0; i < register.count; i++) {
                table[register.offset / STEP + i] = register;
            }
        }
        return table;
    }

    /** The register whose 16 bytes an offset (0 to 4095) lies in; null if they are reserved. */
    static ApicRegister at(int offset) {
        return BY_STEP[offset / STEP];
    }

    /** Offset in bytes in the page of registers. */
    public int offset() {
        return offset;
    }

    /** Bits that software can write; none for a read-only register. */
    int writable() {
        return writable;
    }

    /** Which of several registers of the name an offset lies in. */
    int index(int address) {
        return (address - offset) / STEP;
    }
}
