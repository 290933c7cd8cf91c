/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.walk;

import org.exitpoint.arch.PageFaultErrorCode;
import org.exitpoint.arch.vmx.EptViolation;
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

    /** Qualification bit: the guest linear-address field is valid. */
    public static final int QUALIFICATION_LINEAR_VALID = (int) EptViolation.Bit.LINEAR_VALID.mask();
    /** Qualification bit: the access was to the translation of the linear address, not to a table on the way. */
    static final int QUALIFICATION_TRANSLATION = (int) EptViolation.Bit.FINAL_ACCESS.mask();

    private static final int QUALIFICATION_READ = (int) EptViolation.Bit.READ.mask();
    private static final int QUALIFICATION_WRITE = (int) EptViolation.Bit.WRITE.mask();
    private static final int QUALIFICATION_FETCH = (int) EptViolation.Bit.FETCH.mask();
    private static final int QUALIFICATION_READABLE = (int) EptViolation.Bit.ENTRY_READ.mask();
    private static final int QUALIFICATION_WRITABLE = (int) EptViolation.Bit.ENTRY_WRITE.mask();
    private static final int QUALIFICATION_EXECUTABLE = (int) EptViolation.Bit.ENTRY_EXECUTE.mask();
    private static final int QUALIFICATION_USER = (int) EptViolation.Bit.USER_LINEAR.mask();
    private static final int QUALIFICATION_READ_WRITE = (int) EptViolation.Bit.WRITABLE_LINEAR.mask();
    private static final int QUALIFICATION_EXECUTE_DISABLE = (int) EptViolation.Bit.EXECUTE_DISABLED_LINEAR.mask();
    private static final int ERROR_WRITE = (int) PageFaultErrorCode.W_R.mask();
    private static final int ERROR_USER = (int) PageFaultErrorCode.U_S.mask();
    private static final int ERROR_FETCH = (int) PageFaultErrorCode.I_D.mask();
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
        errorCode = ((access & Access.WRITE) != 0 ? ERROR_WRITE : 0)
                | ((access & Access.USER) != 0 ? ERROR_USER : 0)
                | (reportsFetch && (access & Access.FETCH) != 0 ? ERROR_FETCH : 0)
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
                | ((access & Access.READ) != 0 ? QUALIFICATION_READ : 0)
                | ((access & Access.WRITE) != 0 ? QUALIFICATION_WRITE : 0)
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
