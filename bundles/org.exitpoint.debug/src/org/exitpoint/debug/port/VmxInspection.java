/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.port;

import java.util.Optional;
import java.util.OptionalLong;
import org.exitpoint.arch.vmx.VmcsField;

/** What a machine knows of VMCSs besides their regions, in which the fields stand as {@code VmcsLayout} says. */
public interface VmxInspection {
    /**
     * The current VMCS of a processor.
     *
     * @param vcpu the processor
     * @return host-physical address of the region, if there is a current VMCS
     */
    OptionalLong current(int vcpu);

    /** Whether the processor has a field. */
    boolean exists(VmcsField field);

    /**
     * Who wrote a field last by VMWRITE.
     *
     * @param vmcs host-physical address of the region
     * @param field the field
     * @return the writer, or nothing if nobody has since VMCLEAR
     */
    Optional<Writer> lastWriter(long vmcs, VmcsField field);

    /**
     * Who wrote a field.
     *
     * @param rip offset of the VMWRITE in its code segment
     * @param steps the step count
     */
    record Writer(long rip, long steps) {
    }
}
