/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api.inspect;

import java.util.List;
import java.util.Objects;
import org.exitpoint.arch.vmx.EntryCheckDescriptor;

/**
 * A check that a VM entry failed.
 *
 * @param check the check: name, section, what must hold, what would satisfy it
 * @param fields the fields it looks at, with their values
 */
public record CheckFailure(EntryCheckDescriptor check, List<VmcsFieldValue> fields) {
    /** Copies the list. */
    public CheckFailure {
        Objects.requireNonNull(check);
        fields = List.copyOf(fields);
    }
}
