/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.tlb;

import java.util.ArrayList;
import java.util.List;

/** Notes what a TLB says it dropped. */
final class RecordingListener implements TlbListener {
    final List<String> heard = new ArrayList<>();

    @Override
    public void dropped(TlbTag tag) {
        heard.add("tag " + tag.vpid() + "/" + tag.pcid());
    }

    @Override
    public void pageDropped(TlbTag tag, long address, int shift, boolean executable) {
        heard.add("page %x/%d".formatted(address, shift) + (executable ? " x" : ""));
    }

    @Override
    public void allDropped() {
        heard.add("all");
    }
}
