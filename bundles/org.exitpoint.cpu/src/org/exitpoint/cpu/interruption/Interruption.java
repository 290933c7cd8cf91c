/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.interruption;

import org.exitpoint.arch.ExceptionVector;

/**
 * The instruction, or the delivery of an event, cannot go on. Thrown by cold code before anything is committed and
 * caught at the instruction boundary; without a stack trace, because it is an ordinary outcome.
 */
public abstract sealed class Interruption extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Interruption(String message) {
        super(message, null, false, false);
    }

    /** A processor exception. */
    public static final class Fault extends Interruption {
        private static final long serialVersionUID = 1;

        private final ExceptionVector vector;
        private final long errorCode;

        /** An exception without an error code, or with the one given. */
        public Fault(ExceptionVector vector, long errorCode) {
            super(vector.name());
            this.vector = vector;
            this.errorCode = errorCode;
        }

        /** Which exception. */
        public ExceptionVector vector() {
            return vector;
        }

        /** Its error code; 0 where it has none. For page faults CR2 is {@link PageFault#address()}. */
        public long errorCode() {
            return errorCode;
        }
    }

    /** A debug exception of the class of faults: general detect, or a code breakpoint. */
    public static final class DebugFault extends Interruption {
        private static final long serialVersionUID = 1;

        private final long conditions;

        /** A debug exception for conditions in the format of DR6. */
        public DebugFault(long conditions) {
            super("DB");
            this.conditions = conditions;
        }

        /** What goes to DR6, or the exit qualification. */
        public long conditions() {
            return conditions;
        }
    }

    /** A page fault that the guest itself handles. */
    public static final class PageFault extends Interruption {
        private static final long serialVersionUID = 1;

        private final long address;
        private final long errorCode;

        /** A page fault at a linear address. */
        public PageFault(long address, long errorCode) {
            super("PF");
            this.address = address;
            this.errorCode = errorCode;
        }

        /** The linear address, for CR2 or the exit qualification. */
        public long address() {
            return address;
        }

        /** The error code. */
        public long errorCode() {
            return errorCode;
        }
    }

    /** A fault of the guest-physical translation: an EPT violation or misconfiguration. Details stand in the MMU. */
    public static final class GuestPhysicalFault extends Interruption {
        private static final long serialVersionUID = 1;

        /** Details stand in the MMU's fault record. */
        public GuestPhysicalFault() {
            super("guest-physical fault");
        }
    }

    /** The guest reached something the machine does not implement. */
    public static final class NotImplemented extends Interruption {
        private static final long serialVersionUID = 1;

        /** Says what is not implemented, in the manual's words. */
        public NotImplemented(String what) {
            super(what);
        }
    }
}
