/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.tlb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Capacity, snapshots, parts of large pages, and what listeners are told. */
class ArchitecturalTlbTest {
    private static final TlbTag TAG = new TlbTag(MappingKind.LINEAR, 0, 3, false, -1);
    private static final TlbTag COMBINED = new TlbTag(MappingKind.COMBINED, 7, 0, true, 0x5000);

    private final RecordingListener listener = new RecordingListener();
    private final ArchitecturalTlb tlb = new ArchitecturalTlb(listener);

    @AfterEach
    void close() {
        tlb.close();
    }

    private long find(TlbTag t, long address) {
        return tlb.find(tlb.tag(t.kind(), t.vpid(), t.pcid(), t.global(), t.ep4ta()), address);
    }

    @Test
    void nothingIsEvictedBeforeTheCapAndEverythingAtIt() {
        int most = ArchitecturalTlb.CAPACITY - 1;
        for (long page = 0; page < most; page++) {
            tlb.insert(TAG, page << 12, 12, 12, page << 12 ^ 0x5000, 0, 1);
        }
        assertThat(tlb.size()).isEqualTo(most);
        for (long page = 0; page < most; page += 97) {
            assertThat(ArchitecturalTlb.frame(find(TAG, page << 12))).isEqualTo(page << 12 ^ 0x5000);
        }
        tlb.insert(TAG, 0x7FFF_0000_0000L, 12, 12, 0x1000, 0, 1);
        assertThat(tlb.size()).isEqualTo(1);
        assertThat(find(TAG, 0x7FFF_0000_0FFFL)).isNotZero();
        assertThat(find(TAG, 0)).isZero();
        assertThat(listener.heard).containsExactly("all");
    }

    @Test
    void invalidatedEntriesDoNotCountTowardsTheCap() {
        for (int round = 0; round < 400; round++) {
            for (long page = 0; page < 1000; page++) {
                tlb.insert(TAG, page << 12, 12, 12, round << 12, 0, 1);
            }
            assertThat(ArchitecturalTlb.frame(find(TAG, 500 << 12))).isEqualTo(round << 12);
            tlb.invalidate(InvalidationRule.MOV_TO_CR3, 0, 3, 0, 0);
            assertThat(tlb.size()).isZero();
        }
        assertThat(listener.heard).hasSize(400).containsOnly("tag 0/3");
    }

    @Test
    void oneTagTooManyClears() {
        for (int pcid = 0; pcid < TlbTags.MAX_TAGS; pcid++) {
            tlb.insert(new TlbTag(MappingKind.LINEAR, 1, pcid, false, -1), 0, 12, 12, 0, 0, 1);
        }
        tlb.insert(new TlbTag(MappingKind.LINEAR, 1, 5, false, -1), 0x1000, 12, 12, 0, 0, 1);
        assertThat(tlb.size()).as("of tags that are there").isEqualTo(TlbTags.MAX_TAGS + 1);
        tlb.insert(TAG, 0, 12, 12, 0, 0, 1);
        assertThat(tlb.size()).isEqualTo(1);
    }

    @Test
    void tagsWithoutMappingsDoNotCountTowardsTheirCap() {
        for (int pcid = 0; pcid < TlbTags.MAX_TAGS; pcid++) {
            tlb.insert(new TlbTag(MappingKind.LINEAR, 1, pcid, false, -1), 0, 12, 12, 0, 0, 1);
        }
        tlb.invalidate(InvalidationRule.INVLPG, 1, 77, 0, 0);
        tlb.insert(TAG, 0, 12, 12, 0, 0, 1);
        assertThat(tlb.size()).isEqualTo(TlbTags.MAX_TAGS);
    }

    @Test
    void snapshotDependsOnContentAlone() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            order.add(i);
        }
        SavedState first = saveAfter(order);
        Collections.shuffle(order, new Random(7));
        tlb.clear();
        SavedState second = saveAfter(order);
        byte[] bytes = first.bytes("tlb");
        assertThat(second.bytes("tlb")).isEqualTo(bytes);
        SavedState copy = new SavedState();
        copy.bytes("tlb", bytes);
        int size = tlb.size();
        try (ArchitecturalTlb other = new ArchitecturalTlb(new RecordingListener())) {
            other.insert(COMBINED, 0, 30, 30, 0, 0, 1);
            other.restore(copy);
            assertThat(other.size()).isEqualTo(size);
            long found = other.find(other.tag(MappingKind.COMBINED, 7, 0, true, 0x5000), 4999L << 21 | 0x1234);
            assertThat(ArchitecturalTlb.pageShift(found)).isEqualTo(12);
            assertThat(ArchitecturalTlb.translate(found, 0x234)).isEqualTo(4999L << 12 | 0x234);
            assertThat(ArchitecturalTlb.guestPhysical(found)).isEqualTo(0x9000);
            assertThat(ArchitecturalTlb.permissions(found)).isEqualTo(4999 & 63);
            SavedState again = new SavedState();
            other.save(again);
            assertThat(again.bytes("tlb")).isEqualTo(bytes);
        }
    }

    private SavedState saveAfter(List<Integer> order) {
        for (int i : order) {
            if ((i & 1) == 0) {
                tlb.insert(TAG, (long) i << 12, 12, 12, (long) i << 12, 0, i & 63);
            } else {
                tlb.insert(COMBINED, (long) i << 21 | 0x1000, 12, 21, (long) i << 12, 0x9000, i & 63);
            }
        }
        SavedState state = new SavedState();
        tlb.save(state);
        return state;
    }

    @Test
    void partsOfALargePageGoTogether() {
        tlb.insert(COMBINED, 0x40_0000, 12, 21, 0x1000, 0, 1);
        tlb.insert(COMBINED, 0x40_5000, 12, 21, 0x2000, 0, 1);
        tlb.insert(COMBINED, 0x60_0000, 12, 21, 0x3000, 0, 1);
        tlb.invalidate(InvalidationRule.INVLPG, 7, 0, 0, 0x5F_FFFF);
        assertThat(find(COMBINED, 0x40_0000)).isZero();
        assertThat(find(COMBINED, 0x40_5000)).isZero();
        assertThat(find(COMBINED, 0x60_0000)).isNotZero();
        assertThat(listener.heard).containsExactly("page 400000/21 x");
    }

    @Test
    void smallPartsOfAGigabytePageGoTogether() {
        tlb.insert(COMBINED, 0x4000_0000, 12, 30, 0x1000, 0, 1);
        tlb.insert(COMBINED, 0x7FFF_F000, 12, 30, 0x2000, 0, 1);
        tlb.insert(COMBINED, 0x8000_0000L, 12, 12, 0x3000, 0, 1);
        tlb.invalidate(InvalidationRule.INVLPG, 7, 0, 0, 0x5555_5555);
        assertThat(tlb.size()).isEqualTo(1);
        assertThat(find(COMBINED, 0x8000_0000L)).isNotZero();
    }

    @Test
    void replacementTellsOnlyIfSomethingIsTakenAway() {
        tlb.insert(TAG, 0x1000, 12, 12, 0x7000, 0, 1);
        tlb.insert(TAG, 0x1000, 12, 12, 0x7000, 0, 1 | 32);
        assertThat(listener.heard).isEmpty();
        tlb.insert(TAG, 0x1000, 12, 12, 0x7000, 0, 1 | 4);
        tlb.insert(TAG, 0x1000, 12, 12, 0x8000, 0, 1);
        assertThat(listener.heard).containsExactly("page 1000/12", "page 1000/12 x");
    }
}
