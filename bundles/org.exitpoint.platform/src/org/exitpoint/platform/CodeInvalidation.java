/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform;

import java.util.List;

import org.exitpoint.cpu.engine.CodeListener;
import org.exitpoint.cpu.engine.Engine;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.mmu.memory.CodeGranules;
import org.exitpoint.mmu.memory.FlatPhysicalMemory;

/**
 * Keeps decoded and translated code true to memory: engines say what they decoded, and hear of stores to it. Whole
 * granules are forgotten, so that a granule is unmarked when no engine holds anything of it any more.
 */
final class CodeInvalidation implements CodeListener {
    private static final int GRANULE = 1 << CodeGranules.GRANULE_SHIFT;

    private final FlatPhysicalMemory memory;
    private final List<Engine> engines;

    /** For all engines of all processors of a machine; the list may still grow. */
    CodeInvalidation(FlatPhysicalMemory memory, List<Engine> engines) {
        this.memory = memory;
        this.engines = engines;
        memory.onStore(PhysicalMemory.CODE, this::stored);
    }

    @Override
    public boolean decoded(long address, int bytes) {
        boolean ram = memory.isRam(address, bytes);
        if (ram) {
            memory.codeGranules().mark(address, bytes);
        }
        return ram;
    }

    private void stored(long address, int bytes) {
        long start = address & -GRANULE;
        int length = (int) ((address + bytes + GRANULE - 1 & -GRANULE) - start);
        engines.forEach(engine -> engine.invalidate(start, length));
        memory.codeGranules().clear(address, CodeGranules.granules(address, bytes));
    }
}
