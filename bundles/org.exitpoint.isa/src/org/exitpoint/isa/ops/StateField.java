/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.ops;

/**
 * Processor state that rows read or write directly. Whatever else an instruction touches belongs to a helper.
 *
 * <p>The processor's state block has each at a fixed offset, in this width.
 */
public enum StateField {
    /** Current privilege level, 0 to 3. */
    CPL(Width.I8),
    /** CR0 as the processor uses it (not the read shadow). */
    CR0(Width.I64),
    /** CR4 as the processor uses it (not the read shadow). */
    CR4(Width.I64),
    /** IA32_EFER. */
    EFER(Width.I64),
    /** 1 while the processor is in VMX operation, root or non-root. */
    VMX_OPERATION(Width.I8),
    /** EFLAGS without the status flags: TF, IF, DF, IOPL, NT, RF, VM, AC, VIF, VIP, ID; bit 1 set. */
    SYSTEM_FLAGS(Width.I64),
    /** Base of FS. */
    FS_BASE(Width.I64),
    /** Base of GS. */
    GS_BASE(Width.I64),
    /** IA32_KERNEL_GS_BASE. */
    KERNEL_GS_BASE(Width.I64),
    /** IA32_TSC_AUX. */
    TSC_AUX(Width.I64);

    private final Width width;

    StateField(Width width) {
        this.width = width;
    }

    /** Width of the field. */
    public Width width() {
        return width;
    }
}
