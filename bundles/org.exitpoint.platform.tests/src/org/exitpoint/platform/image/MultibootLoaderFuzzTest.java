/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.exitpoint.platform.CheckedMemory;
import org.exitpoint.platform.memory.RamLayout;

/**
 * Whatever a file holds, the loader either refuses it in a sentence or puts all of it into RAM: any other exception,
 * and any store outside RAM, which {@link CheckedMemory} refuses, fails here.
 */
class MultibootLoaderFuzzTest {
    private static final RamLayout RAM = RamLayout.pc(RamLayout.LEAST);
    private static final long[] EDGES = {0, 1, 0x7F, 0x80, 0xFF, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL,
        0x7FFF_FFFF_FFFF_FFFFL, Long.MIN_VALUE, -1, 0x9_FFFF, 0xA_0000, 0x10_0000, 0x1F_FFFF, 0x20_0000};

    @Property(tries = 3000, seed = "20261121")
    void randomlyDamagedImages(@ForAll("images") byte[] image) {
        loadOrRefuse(image);
    }

    @Provide
    Arbitrary<byte[]> images() {
        return Arbitraries.randomValue(MultibootLoaderFuzzTest::damaged);
    }

    private static byte[] damaged(Random random) {
        TestImage image = switch (random.nextInt(3)) {
            case 0 -> TestImage.valid(false).load(0x210, 0x11_0000, 0x11_0000, 0x20, 0x40);
            case 1 -> TestImage.valid(true).load(0x210, 0x11_0000, 0x11_0000, 0x20, 0x40);
            default -> TestImage.elf32().addressFields(0x10_0000 + TestImage.HEADER_OFFSET, 0x10_0000, 0x10_0300,
                    0x10_1000, 0x10_0010);
        };
        byte[] bytes = image.bytes();
        int changes = random.nextInt(5);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(random.nextBoolean() ? 0xB0 : bytes.length - 8);
            long value = random.nextBoolean() ? random.nextLong() : EDGES[random.nextInt(EDGES.length)];
            int width = 1 << random.nextInt(4);
            for (int b = 0; b < width; b++) {
                bytes[at + b] = (byte) (value >>> b * Byte.SIZE);
            }
        }
        return random.nextInt(10) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    @Property(tries = 300, seed = "20261122")
    void filesOfRandomBytesBehindAHeader(@ForAll byte[] content) {
        byte[] header = TestImage.valid(true).bytes();
        for (int i = 0; i < Math.min(content.length, 0x1C0); i++) {
            header[(i * 13 + 4) % 0x1C0] = content[i];
        }
        loadOrRefuse(header);
        loadOrRefuse(content);
    }

    private static void loadOrRefuse(byte[] bytes) {
        CheckedMemory memory = new CheckedMemory();
        RAM.addTo(memory);
        try {
            LoadedImage image = new MultibootLoader(memory, RAM).load(new ImageFile("f", "f", bytes), "a", List.of());
            assertThat(image.segments()).isNotEmpty().allMatch(segment -> RAM.contains(segment.addresses()));
            assertThat(image.segments()).anyMatch(segment -> image.entry() >= segment.addresses().start()
                    && image.entry() < segment.addresses().end());
            assertThat(image.segments()).noneMatch(segment -> image.multibootInfoAddress()
                    >= segment.addresses().start() && image.multibootInfoAddress() < segment.addresses().end());
        } catch (ImageException e) {
            assertThat(e.getMessage()).startsWith("f: ").doesNotContain("\n").doesNotContain("Exception");
            assertThat(memory.isZero()).as("memory is unchanged").isTrue();
        }
    }
}
