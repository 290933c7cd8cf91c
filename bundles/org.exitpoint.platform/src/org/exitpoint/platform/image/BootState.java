/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.image;

/**
 * The state in which the boot processor enters an image, as far as it differs from the state after reset.
 *
 * @param eip the entry address
 * @param eax value of EAX
 * @param ebx value of EBX
 * @param cr0 value of CR0
 * @param eflags value of EFLAGS
 * @param code the CS register
 * @param data the DS, ES, FS, GS and SS registers
 */
public record BootState(long eip, long eax, long ebx, long cr0, long eflags, BootSegment code, BootSegment data) {
    private static final long LOADED_BY_MULTIBOOT = 0x2BAD_B002L;
    private static final long CR0_PE_ET = 0x11;
    private static final long EFLAGS_FIXED = 0x2;

    /** Multiboot Specification 0.6.96, "Machine state": 32-bit protected mode, flat segments, paging and IF off. */
    public static BootState multiboot(long entry, long information) {
        return new BootState(entry, LOADED_BY_MULTIBOOT, information, CR0_PE_ET, EFLAGS_FIXED, BootSegment.FLAT_CODE,
                BootSegment.FLAT_DATA);
    }
}
