/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api.address;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.exitpoint.debug.api.context.ContextId;

/** An address space: what a number must be paired with to be an address. */
public sealed interface Space {
    /**
     * Linear addresses of a context.
     *
     * @param context whose
     * @param cr3 a CR3 to use instead of the context's, to look into another of its processes
     */
    record Linear(ContextId context, OptionalLong cr3) implements Space {
        /** Rejects missing parts. */
        public Linear {
            Objects.requireNonNull(context);
            Objects.requireNonNull(cr3);
        }

        /**
         * Linear addresses of a context, by its own CR3.
         *
         * @param context whose
         */
        public Linear(ContextId context) {
            this(context, OptionalLong.empty());
        }
    }

    /**
     * Guest-physical addresses of a guest: what its own paging leads to, and EPT, if used, starts from.
     *
     * @param guest whose
     */
    record GuestPhysical(ContextId.Guest guest) implements Space {
        /** Rejects missing parts. */
        public GuestPhysical {
            Objects.requireNonNull(guest);
        }
    }

    /** Physical addresses of the simulated machine. */
    record HostPhysical() implements Space {
    }

    /**
     * Addresses that a device uses, before the IOMMU.
     *
     * @param bdf bus (8 bits), device (5 bits) and function (3 bits) of the device
     * @param pasid the process address space, if any
     */
    record Io(int bdf, OptionalInt pasid) implements Space {
        /** Rejects missing parts. */
        public Io {
            Objects.requireNonNull(pasid);
            if ((bdf & ~0xffff) != 0) {
                throw new IllegalArgumentException("bus, device and function have 16 bits");
            }
        }
    }
}
