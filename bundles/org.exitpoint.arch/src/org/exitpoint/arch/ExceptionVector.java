/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch;

import java.util.Locale;

/** The exceptions and interrupts with vectors reserved for the architecture. */
@Sdm(section = "7.15", title = "Exception and Interrupt Reference")
public enum ExceptionVector {
    DE(0, "Divide Error", Kind.FAULT, Severity.CONTRIBUTORY, false),
    DB(1, "Debug", Kind.FAULT_OR_TRAP, Severity.BENIGN, false),
    NMI(2, "NMI Interrupt", Kind.INTERRUPT, Severity.BENIGN, false),
    BP(3, "Breakpoint", Kind.TRAP, Severity.BENIGN, false),
    OF(4, "Overflow", Kind.TRAP, Severity.BENIGN, false),
    BR(5, "BOUND Range Exceeded", Kind.FAULT, Severity.BENIGN, false),
    UD(6, "Invalid Opcode", Kind.FAULT, Severity.BENIGN, false),
    NM(7, "Device Not Available", Kind.FAULT, Severity.BENIGN, false),
    DF(8, "Double Fault", Kind.ABORT, Severity.DOUBLE_FAULT, true),
    COPROCESSOR_SEGMENT_OVERRUN(9, "Coprocessor Segment Overrun", Kind.ABORT, Severity.BENIGN, false),
    TS(10, "Invalid TSS", Kind.FAULT, Severity.CONTRIBUTORY, true),
    NP(11, "Segment Not Present", Kind.FAULT, Severity.CONTRIBUTORY, true),
    SS(12, "Stack Fault", Kind.FAULT, Severity.CONTRIBUTORY, true),
    GP(13, "General Protection", Kind.FAULT, Severity.CONTRIBUTORY, true),
    PF(14, "Page Fault", Kind.FAULT, Severity.PAGE_FAULT, true),
    MF(16, "x87 FPU Floating-Point Error", Kind.FAULT, Severity.BENIGN, false),
    AC(17, "Alignment Check", Kind.FAULT, Severity.BENIGN, true),
    MC(18, "Machine Check", Kind.ABORT, Severity.BENIGN, false),
    XM(19, "SIMD Floating-Point", Kind.FAULT, Severity.BENIGN, false),
    VE(20, "Virtualization", Kind.FAULT, Severity.PAGE_FAULT, false),
    CP(21, "Control Protection", Kind.FAULT, Severity.CONTRIBUTORY, true);

    /** What the saved instruction pointer refers to. */
    @Sdm(section = "7.5", title = "Exception Classifications")
    public enum Kind {
        /** The saved RIP is that of the faulting instruction, which may be restarted. */
        FAULT,
        /** The saved RIP is that of the instruction after the trapping one. */
        TRAP,
        /** #DB: a fault for code breakpoints and general detect, a trap otherwise. */
        FAULT_OR_TRAP,
        /** The program cannot be continued; the saved RIP may be imprecise. */
        ABORT,
        /** Not an exception: delivered between instructions. */
        INTERRUPT
    }

    /** The class of an exception in the rule for double faults. */
    @Sdm(section = "7.15", title = "Interrupt 8 - Double Fault Exception (#DF)")
    public enum Severity {
        /** Handled serially with any other exception. */
        BENIGN,
        /** Two of these make a double fault. */
        CONTRIBUTORY,
        /** Followed by a contributory exception or another page fault it makes a double fault. */
        PAGE_FAULT,
        /** Followed by a contributory exception or a page fault it makes a shutdown. */
        DOUBLE_FAULT
    }

    /** What becomes of a second exception that occurs while a first one is delivered. */
    public enum Combination {
        /** The second exception is delivered; the first instruction is restarted later. */
        SERIAL,
        /** A double fault is delivered in place of both. */
        DOUBLE_FAULT,
        /** The processor shuts down (in VMX non-root operation: a triple-fault VM exit). */
        SHUTDOWN
    }

    private static final ExceptionVector[] BY_VECTOR = new ExceptionVector[32];

    static {
        for (ExceptionVector exception : values()) {
            BY_VECTOR[exception.vector] = exception;
        }
    }

    private final int vector;
    private final String title;
    private final Kind kind;
    private final Severity severity;
    private final boolean errorCode;

    ExceptionVector(int vector, String title, Kind kind, Severity severity, boolean errorCode) {
        this.vector = vector;
        this.title = title;
        this.kind = kind;
        this.severity = severity;
        this.errorCode = errorCode;
    }

    /**
     * The vector's number.
     *
     * @return 0 to 31
     */
    public int vector() {
        return vector;
    }

    /**
     * The manual's name for it.
     *
     * @return for example {@code "Page Fault"}
     */
    public String title() {
        return title;
    }

    /**
     * The manual's mnemonic.
     *
     * @return for example {@code "#PF"}; {@code "NMI"} for vector 2 and the title for vector 9, which have none
     */
    public String mnemonic() {
        return switch (this) {
            case NMI -> name();
            case COPROCESSOR_SEGMENT_OVERRUN -> title;
            default -> "#" + name();
        };
    }

    /**
     * Fault, trap, abort or interrupt.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * The class for the double-fault rule.
     *
     * @return the class
     */
    public Severity severity() {
        return severity;
    }

    /**
     * Whether delivery pushes an error code in protected and IA-32e mode.
     *
     * @return true if so
     */
    public boolean pushesErrorCode() {
        return errorCode;
    }

    /**
     * The rule for an exception that occurs while this one is being delivered.
     *
     * @param second the exception that occurred during delivery
     * @return what to do
     */
    public Combination then(ExceptionVector second) {
        boolean secondCounts = second.severity == Severity.CONTRIBUTORY || second.severity == Severity.PAGE_FAULT;
        return switch (severity) {
            case BENIGN -> Combination.SERIAL;
            case CONTRIBUTORY -> second.severity == Severity.CONTRIBUTORY ? Combination.DOUBLE_FAULT
                    : Combination.SERIAL;
            case PAGE_FAULT -> secondCounts ? Combination.DOUBLE_FAULT : Combination.SERIAL;
            case DOUBLE_FAULT -> secondCounts ? Combination.SHUTDOWN : Combination.SERIAL;
        };
    }

    /**
     * Finds an exception by its vector.
     *
     * @param vector any vector
     * @return the exception, or null if the vector has no architectural meaning
     */
    public static ExceptionVector ofVector(int vector) {
        return vector >= 0 && vector < BY_VECTOR.length ? BY_VECTOR[vector] : null;
    }

    /**
     * Names any vector.
     *
     * @param vector 0 to 255
     * @return {@code "#PF"}, or {@code "vector 0x20"} for one without architectural meaning
     */
    public static String nameOf(int vector) {
        ExceptionVector exception = ofVector(vector);
        return exception != null ? exception.mnemonic() : String.format(Locale.ROOT, "vector 0x%02x", vector);
    }
}
