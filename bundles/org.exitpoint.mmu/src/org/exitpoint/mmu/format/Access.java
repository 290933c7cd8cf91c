/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.format;

/**
 * How an access uses an address, as bits to combine. WRITE, USER and FETCH stand where the page-fault error code has
 * them (SDM vol. 3, "Page-Fault Exceptions").
 */
public final class Access {
    /** Data is read. A read-modify-write is {@code READ | WRITE}. */
    public static final int READ = 1;
    /** Data is written. */
    public static final int WRITE = 1 << 1;
    /** A user-mode access: CPL 3, and no implicit access to a system structure. */
    public static final int USER = 1 << 2;
    /** EFLAGS.AC is set: an explicit supervisor-mode access may touch user pages in spite of SMAP. */
    public static final int AC_OVERRIDE = 1 << 3;
    /** An instruction is fetched. */
    public static final int FETCH = 1 << 4;
    /**
     * An implicit supervisor-mode access, to a descriptor table or TSS for example, at any CPL: SMAP applies whatever
     * AC is. Never combined with {@link #USER}.
     */
    public static final int IMPLICIT_SUPERVISOR = 1 << 5;

    /** All bits defined here. */
    static final int ALL = 0x3F;

    private Access() {
    }
}
