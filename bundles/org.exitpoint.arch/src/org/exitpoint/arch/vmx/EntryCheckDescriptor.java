/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.arch.vmx;

import java.util.ArrayList;
import java.util.List;
import org.exitpoint.arch.Sdm;

/**
 * A check that VM entry performs, as the manual lists it: its name, where it is written, what it says, and which fields
 * it looks at. The kind of check fixes the consequence of its failure.
 *
 * <p>The predicate that decides whether it holds is bound to the constant in {@code virt}. The processor, the
 * explanation of a failed entry and the tests use the same list.
 */
public sealed interface EntryCheckDescriptor permits ControlCheck, HostStateCheck, GuestStateCheck, MsrLoadCheck {
    /** What VM entry does if a check fails. */
    enum Consequence {
        /** VMfailValid with error 7: the instruction completes, control stays with the next instruction. */
        CONTROL_FIELDS(InstructionError.ENTRY_INVALID_CONTROL_FIELDS, null),
        /** VMfailValid with error 8: the instruction completes, control stays with the next instruction. */
        HOST_STATE(InstructionError.ENTRY_INVALID_HOST_STATE_FIELDS, null),
        /** A VM exit with reason 33, after which host state is loaded. */
        GUEST_STATE(null, ExitReason.ENTRY_FAILURE_GUEST_STATE),
        /** A VM exit with reason 34, after which host state is loaded. */
        MSR_LOADING(null, ExitReason.ENTRY_FAILURE_MSR_LOADING);

        private final InstructionError error;
        private final ExitReason exit;

        Consequence(InstructionError error, ExitReason exit) {
            this.error = error;
            this.exit = exit;
        }

        /**
         * The VM-instruction error.
         *
         * @return the error, or null if the consequence is a VM exit
         */
        public InstructionError error() {
            return error;
        }

        /**
         * The exit reason.
         *
         * @return the reason, or null if the consequence is VMfail
         */
        public ExitReason exit() {
            return exit;
        }
    }

    /**
     * The check's name, unique among all checks.
     *
     * @return for example {@code "GUEST_CR4_FIXED_BITS"}
     */
    String name();

    /**
     * What the manual says of the check.
     *
     * @return section, rule, remedy and fields
     */
    EntryCheckText text();

    /**
     * The section that lists the check.
     *
     * @return the section
     */
    default EntryCheckSection section() {
        return text().section();
    }

    /**
     * What must hold.
     *
     * @return one sentence
     */
    default String rule() {
        return text().rule();
    }

    /**
     * What would make the check hold.
     *
     * @return one sentence, addressed to the author of the hypervisor
     */
    default String remedy() {
        return text().remedy();
    }

    /**
     * The fields that the check looks at, those it is about first.
     *
     * @return an unmodifiable list; empty for checks on entries of the MSR-load list
     */
    default List<VmcsField> reads() {
        return text().reads();
    }

    /**
     * What happens if the check fails.
     *
     * @return the consequence, the same for all checks of a kind
     */
    Consequence consequence();

    /**
     * Where the manual lists the check.
     *
     * @return section number and title
     */
    default Sdm citation() {
        return section().citation();
    }

    /**
     * All checks, in the order in which VM entry performs their kinds.
     *
     * @return an unmodifiable list
     */
    static List<EntryCheckDescriptor> all() {
        List<EntryCheckDescriptor> all = new ArrayList<>(List.of(ControlCheck.values()));
        all.addAll(List.of(HostStateCheck.values()));
        all.addAll(List.of(GuestStateCheck.values()));
        all.addAll(List.of(MsrLoadCheck.values()));
        return List.copyOf(all);
    }
}
