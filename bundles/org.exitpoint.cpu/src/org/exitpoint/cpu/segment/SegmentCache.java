/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.segment;

import org.exitpoint.arch.Descriptor;
import org.exitpoint.cpu.state.GuestState;

/**
 * The contents of a segment register before it is committed: selector and hidden part. Reused, so that transfers
 * allocate nothing.
 */
public final class SegmentCache {
    private int selector;
    private long base;
    private long limit;
    private int rights;
    private long descriptor;

    /** Takes a descriptor's contents. */
    public void load(int newSelector, long newDescriptor) {
        selector = newSelector;
        descriptor = newDescriptor;
        base = Descriptor.base(newDescriptor);
        limit = Descriptor.limit(newDescriptor);
        rights = (int) Descriptor.accessRights(newDescriptor);
    }

    /** Takes a selector and hidden part that no descriptor gives. */
    public void set(int newSelector, long newBase, long newLimit, int newRights) {
        selector = newSelector;
        base = newBase;
        limit = newLimit;
        rights = newRights;
        descriptor = 0;
    }

    /** Makes this the null stack segment that 64-bit mode allows below privilege level 3. */
    public void setNullStack(int newSelector, int level) {
        set(newSelector, 0, 0, Rights.nullStack(level));
    }

    /** Completes the base of a 16-byte descriptor. */
    public void extendBase(long upper) {
        base |= upper << 32;
    }

    /** Replaces the selector's RPL. */
    public void setRpl(int level) {
        selector = Selector.withRpl(selector, level);
    }

    /** Replaces the access rights. */
    public void setRights(int newRights) {
        rights = newRights;
    }

    /** Writes the contents to a segment register. */
    public void store(GuestState state, int register) {
        state.setSegment(register, selector, base, limit, rights);
    }

    /** Selector. */
    public int selector() {
        return selector;
    }

    /** Base address. */
    public long base() {
        return base;
    }

    /** Limit in bytes, inclusive. */
    public long limit() {
        return limit;
    }

    /** Access rights in the format of the VMCS. */
    public int rights() {
        return rights;
    }

    /** The descriptor that was loaded, its first 8 bytes. */
    public long descriptor() {
        return descriptor;
    }
}
