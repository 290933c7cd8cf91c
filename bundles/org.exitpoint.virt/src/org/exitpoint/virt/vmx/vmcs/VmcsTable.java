/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx.vmcs;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import org.exitpoint.machine.StateReader;
import org.exitpoint.machine.StateWriter;

/**
 * The VMCSs of a machine by address. Shared by its processors, because a VMCS may move from one to another. The
 * machine's thread only.
 */
public final class VmcsTable {
    private final Map<Long, VmcsRecord> records = new TreeMap<>(Long::compareUnsigned);

    /** What is known of the VMCS whose region is at a host-physical address; made on first use. */
    public VmcsRecord at(long address) {
        return records.computeIfAbsent(address, VmcsRecord::new);
    }

    /** All VMCSs that VMCLEAR or VMPTRLD was executed on, in the order of their addresses. */
    public Collection<VmcsRecord> all() {
        return Collections.unmodifiableCollection(records.values());
    }

    /** Forgets all, as RESET does. */
    public void clear() {
        records.clear();
    }

    /** Writes the table. */
    public void save(StateWriter out) {
        out.number("vmcs.count", records.size());
        for (VmcsRecord entry : records.values()) {
            out.number("vmcs.address", entry.address());
            out.number("vmcs.launched", entry.isLaunched() ? 1 : 0);
            out.number("vmcs.incarnation", entry.incarnation());
            for (long rip : entry.ripsOfWriters()) {
                out.number("vmcs.writer.rip", rip);
            }
            for (long steps : entry.stepsOfWriters()) {
                out.number("vmcs.writer.steps", steps);
            }
        }
    }

    /** Reads what {@link #save} wrote. */
    public void restore(StateReader in) {
        records.clear();
        long count = in.number("vmcs.count");
        for (long i = 0; i < count; i++) {
            VmcsRecord entry = at(in.number("vmcs.address"));
            boolean launched = in.number("vmcs.launched") != 0;
            entry.restore(launched, (int) in.number("vmcs.incarnation"));
            readAll(in, "vmcs.writer.rip", entry.ripsOfWriters());
            readAll(in, "vmcs.writer.steps", entry.stepsOfWriters());
        }
    }

    private static void readAll(StateReader in, String field, long[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = in.number(field);
        }
    }
}
