/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.exitpoint.machine.PhysicalMemory.CLEAN;
import static org.exitpoint.machine.PhysicalMemory.CODE;
import static org.exitpoint.machine.PhysicalMemory.RAM;
import static org.exitpoint.machine.PhysicalMemory.READ_ONLY;
import static org.exitpoint.machine.PhysicalMemory.WATCHED_STORE;

import java.util.ArrayList;
import java.util.List;

import org.exitpoint.machine.HostMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Physical memory: RAM, holes, ROM, flags, listeners, dirty pages. */
class FlatPhysicalMemoryTest {
    private static final long HOLE = 0x10_0000;
    private static final long HIGH = 0x1_0000_0000L;

    private final FlatPhysicalMemory memory = new FlatPhysicalMemory(FlatPhysicalMemory.spanFor(0x20_0000));
    private final List<String> heard = new ArrayList<>();

    FlatPhysicalMemoryTest() {
        memory.addRam(0, HOLE);
        memory.addRam(HIGH, 0x10_0000);
    }

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void ramIsZeroedAndStandsOneToOne() {
        assertThat(memory.read(0xFFFF8, 8)).isZero();
        memory.write(HIGH + 0x123, 4, 0x1_DEAD_BEEFL);
        assertThat(memory.read(HIGH + 0x123, 8)).isEqualTo(0xDEAD_BEEFL);
        assertThat(HostMemory.getInt(memory.base() + HIGH + 0x123)).isEqualTo(0xDEAD_BEEF);
    }

    @Test
    void spanCoversRamAboveTheHole() {
        assertThat(memory.span()).isEqualTo(0x1_0020_0000L);
    }

    @ParameterizedTest
    @ValueSource(longs = {HOLE, 0xFEE0_0000L, HIGH + 0x10_0000, 0x7FFF_FFFF_FFFF_F000L, -4096, -8})
    void nobodyAnswersInHoles(long address) {
        memory.write(address, 8, 5);
        assertThat(memory.read(address, 8)).isEqualTo(-1);
        assertThat(memory.read(address, 2)).isEqualTo(0xFFFF);
        assertThat(memory.isRam(address, 1)).isFalse();
        assertThat(memory.pageFlags(address)).isZero();
    }

    @Test
    void accessesAcrossTheEndOfRamAreSplitByBytes() {
        memory.write(HOLE - 3, 8, 0x8877_6655_4433_2211L);
        assertThat(memory.read(HOLE - 3, 8)).isEqualTo(0xFFFF_FFFF_FF33_2211L);
        assertThat(memory.isRam(HOLE - 3, 3)).isTrue();
        assertThat(memory.isRam(HOLE - 3, 4)).isFalse();
        byte[] out = new byte[6];
        memory.read(HOLE - 3, out, 1, 4);
        assertThat(out).containsExactly(0, 0x11, 0x22, 0x33, 0xFF, 0);
    }

    @Test
    void isRamSeesHolesInTheMiddle() {
        memory.addRam(0x20_0000, 0x1000);
        assertThat(memory.isRam(HOLE - 0x1000, 0x10_2000)).isFalse();
        assertThat(memory.isRam(0, (int) HOLE)).isTrue();
    }

    @Test
    void bulkCopiesCrossPages() {
        byte[] data = new byte[10_000];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (i * 7);
        }
        memory.write(0xFF1, data, 0, data.length);
        byte[] back = new byte[data.length];
        memory.read(0xFF1, back, 0, back.length);
        assertThat(back).isEqualTo(data);
        assertThat(memory.read(0x2000, 2)).isEqualTo((data[0x100F] & 0xFF) | (data[0x1010] & 0xFF) << 8);
    }

    @Test
    void romDropsStoresAndTellsNobody() {
        memory.write(0xF_0000, 8, 0x1234);
        memory.addPageFlags(0xF_0000, READ_ONLY | WATCHED_STORE);
        memory.onStore(WATCHED_STORE, this::hear);
        memory.write(0xF_0000, 8, 0);
        memory.write(0xF_0000, new byte[100], 0, 100);
        assertThat(memory.read(0xF_0000, 8)).isEqualTo(0x1234);
        assertThat(heard).isEmpty();
    }

    @Test
    void listenersHearOnlyTheirFlagsPageByPageBeforeTheStore() {
        memory.addPageFlags(0x3000, WATCHED_STORE);
        memory.addPageFlags(0x4000, WATCHED_STORE);
        memory.onStore(WATCHED_STORE, (address, bytes) -> heard.add("%x+%d=%x".formatted(address, bytes,
                memory.read(address, 1))));
        memory.onStore(CODE, (address, bytes) -> heard.add("code"));
        memory.write(0x2FF0, new byte[] {1, 2, 3}, 0, 3);
        memory.write(0x3010, 4, 0x55);
        memory.write(0x3FFC, 8, -1);
        assertThat(heard.getFirst()).isEqualTo("3010+4=0");
        assertThat(heard).contains("3fff+1=0", "4000+1=0");
        heard.clear();
        memory.stored(0x2F00, 0x3000);
        assertThat(heard).containsExactly("3000+4096=0", "4000+4096=ff");
    }

    @Test
    void storesBesideCodeInItsPageInvalidateNothing() {
        memory.onStore(CODE, this::hear);
        memory.codeGranules().mark(0x5FC0 - 1, 2);
        assertThat(memory.pageFlags(0x5000) & CODE).isNotZero();
        memory.write(0x5F7F, 1, 1);
        assertThat(heard).isEmpty();
        memory.write(0x5F80, 1, 1);
        memory.write(0x5FFF, 1, 1);
        memory.write(0x5F7E, 4, 1);
        assertThat(heard).containsExactly("5f80+1", "5fff+1", "5f7e+4");
        memory.codeGranules().clear(0x5000, CodeGranules.granules(0x5F80, 64));
        assertThat(memory.codeGranules().of(0x5000)).isEqualTo(1L << 63);
        assertThat(memory.pageFlags(0x5000) & CODE).isNotZero();
        memory.codeGranules().clear(0x5000, -1);
        assertThat(memory.pageFlags(0x5000)).isEqualTo(RAM);
    }

    @Test
    void codeAcrossPagesMarksBoth() {
        memory.codeGranules().mark(0x6FFE, 5);
        assertThat(memory.codeGranules().of(0x6000)).isEqualTo(1L << 63);
        assertThat(memory.codeGranules().of(0x7000)).isEqualTo(1);
        assertThat(memory.pageFlags(0x7000)).isEqualTo(RAM | CODE);
    }

    @Test
    void codeFlagByItselfCoversThePage() {
        memory.onStore(CODE, this::hear);
        memory.addPageFlags(0x8000, CODE);
        memory.write(0x8FF8, 8, 1);
        assertThat(heard).containsExactly("8ff8+8");
        memory.removePageFlags(0x8000, CODE);
        assertThat(memory.codeGranules().of(0x8000)).isZero();
    }

    @Test
    void dirtyPagesAreThoseWrittenSince() {
        assertThat(memory.dirtyPages()).as("before tracking").hasSize(0x200);
        memory.clearDirty();
        assertThat(memory.dirtyPages()).isEmpty();
        memory.onStore(CLEAN, this::hear);
        memory.write(HIGH + 0x2000, 1, 1);
        memory.write(0x1FFF, 2, 1);
        memory.write(0x1000, 8, 1);
        memory.write(HOLE + 0x1000, 8, 1);
        assertThat(memory.dirtyPages()).containsExactly(1, 2, HIGH + 0x2000 >>> 12);
        assertThat(heard).as("first stores only").containsExactly("100002000+1", "1fff+1", "2000+1");
        memory.clearDirty();
        assertThat(memory.dirtyPages()).isEmpty();
    }

    @Test
    void flagListenersHearOfNewFlagsOnly() {
        memory.onFlagsAdded(new PageFlagListener() {
            @Override
            public void flagsAdded(long address, int added) {
                heard.add("%x:%d".formatted(address, added));
            }

            @Override
            public void flagsAddedEverywhere(int added) {
                heard.add("all:" + added);
            }
        });
        memory.addPageFlags(0x1234, WATCHED_STORE);
        memory.addPageFlags(0x1000, WATCHED_STORE | CODE);
        memory.codeGranules().mark(0x1000, 1);
        memory.clearDirty();
        assertThat(heard).containsExactly("1000:8", "1000:4", "all:32");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -4096, 4095, 1L << 46, Long.MAX_VALUE, 0x7FFF_FFFF_FFFF_F000L})
    void absurdSpansAreRefused(long span) {
        assertThatThrownBy(() -> new FlatPhysicalMemory(span).close()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("multiple of 4096");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE, 1L << 45})
    void absurdRamSizesAreRefused(long bytes) {
        assertThatThrownBy(() -> FlatPhysicalMemory.spanFor(bytes)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ramMustFitAndNotOverlap() {
        assertThatThrownBy(() -> memory.addRam(0xF_F000, 0x2000)).hasMessageContaining("already");
        assertThatThrownBy(() -> memory.addRam(0x20_0000, 0x800)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> memory.addRam(memory.span(), 0x1000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> memory.addRam(0x20_0000, Long.MAX_VALUE & -4096)).hasMessageContaining("fit");
        assertThatThrownBy(() -> memory.removePageFlags(0, RAM)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> memory.addPageFlags(memory.span(), CODE)).hasMessageContaining("no page");
    }

    private void hear(long address, int bytes) {
        heard.add("%x+%d".formatted(address, bytes));
    }
}
