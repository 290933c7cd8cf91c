/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.check;

import java.util.List;

import org.exitpoint.arch.vmx.EntryCheckDescriptor;
import org.exitpoint.arch.vmx.VmcsField;

/**
 * A check that failed, with what it looked at.
 *
 * @param check what must hold, where it is written and what would satisfy it
 * @param values the fields that the check reads, with their values
 */
public record CheckFailure(EntryCheckDescriptor check, List<Value> values) {
    /**
     * A field's value.
     *
     * @param field the field
     * @param value zero-extended
     */
    public record Value(VmcsField field, long value) {
    }
}
