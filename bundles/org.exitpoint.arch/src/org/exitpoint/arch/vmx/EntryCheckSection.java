/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import org.exitpoint.arch.Sdm;

/** The manual's sections that list the checks of VM entry, in the order in which they are performed. */
public enum EntryCheckSection {
    @Sdm(section = "28.2.1.1", title = "VM-Execution Control Fields")
    EXECUTION_CONTROLS,
    @Sdm(section = "28.2.1.2", title = "VM-Exit Control Fields")
    EXIT_CONTROLS,
    @Sdm(section = "28.2.1.3", title = "VM-Entry Control Fields")
    ENTRY_CONTROLS,
    @Sdm(section = "28.2.2", title = "Checks on Host Control Registers, MSRs, and SSP")
    HOST_CONTROL_REGISTERS,
    @Sdm(section = "28.2.3", title = "Checks on Host Segment and Descriptor-Table Registers")
    HOST_SEGMENTS,
    @Sdm(section = "28.2.4", title = "Checks Related to Address-Space Size")
    ADDRESS_SPACE_SIZE,
    @Sdm(section = "28.3.1.1", title = "Checks on Guest Control Registers, Debug Registers, and MSRs")
    GUEST_CONTROL_REGISTERS,
    @Sdm(section = "28.3.1.2", title = "Checks on Guest Segment Registers")
    GUEST_SEGMENTS,
    @Sdm(section = "28.3.1.3", title = "Checks on Guest Descriptor-Table Registers")
    GUEST_DESCRIPTOR_TABLES,
    @Sdm(section = "28.3.1.4", title = "Checks on Guest RIP, RFLAGS, and SSP")
    GUEST_RIP_RFLAGS_SSP,
    @Sdm(section = "28.3.1.5", title = "Checks on Guest Non-Register State")
    GUEST_NON_REGISTER_STATE,
    @Sdm(section = "28.3.1.6", title = "Checks on Guest Page-Directory-Pointer-Table Entries")
    GUEST_PDPTES,
    @Sdm(section = "28.4", title = "Loading MSRs")
    MSR_LOADING;

    private final Sdm citation;

    EntryCheckSection() {
        try {
            citation = EntryCheckSection.class.getField(name()).getAnnotation(Sdm.class);
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * The citation on the constant.
     *
     * @return section number and title
     */
    public Sdm citation() {
        return citation;
    }
}
