/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.walk;

import org.exitpoint.arch.PageFaultErrorCode;
import org.exitpoint.mmu.format.Access;
import org.exitpoint.mmu.format.Permission;

/**
 * Why an address did not translate: the details behind a negative fault code. Reused; valid until the next translation.
 */
public final class TranslationFault {
    /** Fault code: a page-fault exception, with {@link #errorCode()} and {@link #linear()}. */
    public static final long PAGE_FAULT = -1;
    /** Fault code: an EPT violation, with {@link #qualification()} and {@link #guestPhysical()}. */
    public static final long EPT_VIOLATION = -2;
    /** Fault code: an EPT misconfiguration, with {@link #guestPhysical()}. */
    public static final long EPT_MISCONFIGURATION = -3;

    /** Qualification bit 0: a data read. */
    public static final int QUALIFICATION_READ = 1;
    /** Qualification bit 1: a data write. */
    public static final int QUALIFICATION_WRITE = 1 << 1;
    /** Qualification bit 2: an instruction fetch. */
    public static final int QUALIFICATION_FETCH = 1 << 2;
    /** Qualification bit 3: the entries used permit reading. */
    public static final int QUALIFICATION_READABLE = 1 << 3;
    /** Qualification bit 4: the entries used permit writing. */
    public static final int QUALIFICATION_WRITABLE = 1 << 4;
    /** Qualification bit 5: the entries used permit execution. */
    public static final int QUALIFICATION_EXECUTABLE = 1 << 5;
    /** Qualification bit 7: the guest linear-address field is valid. */
    public static final int QUALIFICATION_LINEAR_VALID = 1 << 7;
    /** Qualification bit 8: the access was to the translation of the linear address, not to a table on the way. */
    public static final int QUALIFICATION_TRANSLATION = 1 << 8;
    /** Qualification bit 9, advanced information: a user-mode linear address. */
    public static final int QUALIFICATION_USER = 1 << 9;
    /** Qualification bit 10, advanced information: a read/write page. */
    public static final int QUALIFICATION_READ_WRITE = 1 << 10;
    /** Qualification bit 11, advanced information: an execute-disable page. */
    public static final int QUALIFICATION_EXECUTE_DISABLE = 1 << 11;

    private static final int ERROR_PRESENT = (int) PageFaultErrorCode.P.mask();
    private static final int ERROR_RESERVED = (int) PageFaultErrorCode.RSVD.mask();

    private long code;
    private long linear;
    private long guestPhysical;
    private int errorCode;
    private int qualification;
    private int advanced;

    /** The fault code, one of the constants; 0 if the last translation succeeded. */
    public long code() {
        return code;
    }

    /** The linear address translated. */
    public long linear() {
        return linear;
    }

    /** The guest-physical address that did not translate, of data or of a paging-structure entry. */
    public long guestPhysical() {
        return guestPhysical;
    }

    /** The error code that a page fault delivers (SDM vol. 3, "Page-Fault Exceptions"). */
    public int errorCode() {
        return errorCode;
    }

    /** The exit qualification of an EPT violation, bits 8:0 (SDM vol. 3, "Exit Qualification for EPT Violations"). */
    public int qualification() {
        return qualification;
    }

    /** Bits 11:9 of the qualification, for processors that report advanced VM-exit information for EPT violations. */
    public int advancedQualification() {
        return advanced;
    }

    void clear(long newLinear) {
        code = 0;
        linear = newLinear;
    }

    long pageFault(WalkResult.Outcome outcome, int access, boolean reportsFetch) {
        code = PAGE_FAULT;
        errorCode = access & (Access.WRITE | Access.USER | (reportsFetch ? Access.FETCH : 0))
                | switch (outcome) {
                    case NOT_PRESENT -> 0;
                    case RESERVED -> ERROR_PRESENT | ERROR_RESERVED;
                    default -> ERROR_PRESENT;
                };
        return code;
    }

    long eptMisconfiguration(long address) {
        code = EPT_MISCONFIGURATION;
        guestPhysical = address;
        return code;
    }

    /**
     * An EPT violation.
     *
     * @param address          guest-physical
     * @param access           bits of {@link Access}
     * @param permissions      of the EPT entries used, combined
     * @param origin           bits {@link #QUALIFICATION_LINEAR_VALID} and {@link #QUALIFICATION_TRANSLATION}
     * @param guestPermissions of the guest's own entries, combined
     */
    long eptViolation(long address, int access, int permissions, int origin, int guestPermissions) {
        code = EPT_VIOLATION;
        guestPhysical = address;
        qualification = origin
                | access & (Access.READ | Access.WRITE)
                | ((access & Access.FETCH) != 0 ? QUALIFICATION_FETCH : 0)
                | ((permissions & Permission.READ) != 0 ? QUALIFICATION_READABLE : 0)
                | ((permissions & Permission.SECOND_LEVEL_WRITE) != 0 ? QUALIFICATION_WRITABLE : 0)
                | ((permissions & Permission.EXECUTE) != 0 ? QUALIFICATION_EXECUTABLE : 0);
        advanced = (origin & QUALIFICATION_TRANSLATION) == 0 ? 0
                : ((guestPermissions & Permission.USER) != 0 ? QUALIFICATION_USER : 0)
                        | ((guestPermissions & Permission.WRITE) != 0 ? QUALIFICATION_READ_WRITE : 0)
                        | ((guestPermissions & Permission.EXECUTE) == 0 ? QUALIFICATION_EXECUTE_DISABLE : 0);
        return code;
    }
}
