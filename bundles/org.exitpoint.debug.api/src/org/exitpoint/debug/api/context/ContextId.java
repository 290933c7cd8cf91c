/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api.context;

/**
 * Identifies a context: something with registers of its own to stop in, step, read and change. Which processor runs a
 * guest is no part of it, as a VMCS moves between processors.
 */
public sealed interface ContextId {
    /**
     * A processor outside VMX operation or in VMX root operation.
     *
     * @param vcpu number of the processor, from 0
     */
    record Root(int vcpu) implements ContextId {
    }

    /**
     * A guest, which is what a VMCS describes.
     *
     * @param vmcsHpa host-physical address of the VMCS region
     * @param incarnation how often VMX operation had ended and begun again before the region was entered first, so that
     *     a region used anew is another guest
     */
    record Guest(long vmcsHpa, int incarnation) implements ContextId {
    }
}
