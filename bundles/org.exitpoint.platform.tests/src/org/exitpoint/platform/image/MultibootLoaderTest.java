/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.exitpoint.platform.CheckedMemory;
import org.exitpoint.platform.memory.AddressRange;
import org.exitpoint.platform.memory.RamLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultibootLoaderTest {
    private static final long MEMORY = 64L << 20;

    private final CheckedMemory memory = new CheckedMemory();
    private RamLayout ram = RamLayout.pc(MEMORY);

    private LoadedImage load(TestImage image, String arguments, BootModule... modules) throws ImageException {
        ram.addTo(memory);
        return new MultibootLoader(memory, ram).load(image.file(), arguments, List.of(modules));
    }

    private static BootModule module(String name, String arguments, int bytes) {
        byte[] content = new byte[bytes];
        Arrays.fill(content, (byte) name.charAt(0));
        return new BootModule(new ImageFile("dir/" + name, name, content), arguments);
    }

    private long info(LoadedImage image, int offset) {
        return memory.read(image.multibootInfoAddress() + offset, 4);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void segmentsGoToTheirPhysicalAddressesAndTheRestIsZero(boolean is64) throws ImageException {
        TestImage test = TestImage.valid(is64).note();
        ram.addTo(memory);
        memory.write(0x10_11FF, 1, 0x55);
        memory.write(0x10_1200, 1, 0x66);
        LoadedImage image = load(test, "");
        byte[] file = test.bytes();
        assertThat(memory.bytes(0x10_0000, 0x100)).isEqualTo(Arrays.copyOfRange(file, 0x200, 0x300));
        assertThat(memory.bytes(0x10_0100, 0x1100)).isEqualTo(new byte[0x1100]);
        assertThat(memory.read(0x10_1200, 1)).as("behind the segment").isEqualTo(0x66);
        assertThat(image.entry()).isEqualTo(0x10_0000);
        assertThat(image.segments()).extracting(Segment::addresses)
                .containsExactly(new AddressRange(0x10_0000, 0x10_1200));
    }

    @Test
    void theProcessorEntersAsMultibootSays() throws ImageException {
        LoadedImage image = load(TestImage.valid(false).entry(0x10_0010), "");
        BootState boot = image.boot();
        assertThat(boot.eip()).isEqualTo(0x10_0010);
        assertThat(boot.eax()).isEqualTo(0x2BAD_B002L);
        assertThat(boot.ebx()).isEqualTo(image.multibootInfoAddress());
        assertThat(boot.cr0() & 0x8000_0001L).as("PG off, PE on").isEqualTo(1);
        assertThat(boot.eflags()).as("VM and IF off").isEqualTo(2);
        for (BootSegment segment : List.of(boot.code(), boot.data())) {
            assertThat(segment.base()).isZero();
            assertThat(segment.limit()).isEqualTo(0xFFFF_FFFFL);
            assertThat(segment.accessRights() & 0xC0F0).as("32-bit, present, DPL 0").isEqualTo(0xC090);
        }
        assertThat(boot.code().accessRights() & 0xF).as("execute/read, accessed").isEqualTo(0xB);
        assertThat(boot.data().accessRights() & 0xF).as("read/write, accessed").isEqualTo(0x3);
    }

    @Test
    void informationTellsMemoryCommandLineAndLoader() throws ImageException {
        LoadedImage image = load(TestImage.valid(false), "one two");
        assertThat(info(image, 0)).isEqualTo(1 | 1 << 2 | 1 << 3 | 1 << 6 | 1 << 9);
        assertThat(info(image, 4)).as("mem_lower in KB").isEqualTo(640);
        assertThat(info(image, 8)).as("mem_upper in KB").isEqualTo((MEMORY >> 10) - 1024);
        assertThat(memory.text(info(image, 16))).isEqualTo("test.elf one two");
        assertThat(info(image, 20)).as("mods_count").isZero();
        assertThat(memory.text(info(image, 64))).isEqualTo("exitpoint");
    }

    @Test
    void withoutArgumentsTheCommandLineIsTheName() throws ImageException {
        assertThat(memory.text(info(load(TestImage.valid(false), ""), 16))).isEqualTo("test.elf");
    }

    @Test
    void memoryMapNamesEveryRangeOfRam() throws ImageException {
        ram = RamLayout.pc(5L << 30);
        LoadedImage image = load(TestImage.valid(false), "");
        long map = info(image, 48);
        long[][] expected = {
            {0, 640 << 10, 1}, {640 << 10, 384 << 10, 2}, {1 << 20, (3L << 30) - (1 << 20), 1}, {4L << 30, 2L << 30, 1},
        };
        assertThat(info(image, 44)).isEqualTo(24 * expected.length);
        for (int i = 0; i < expected.length; i++) {
            long entry = map + 24 * i;
            assertThat(memory.read(entry, 4)).as("size of entry %d", i).isEqualTo(20);
            assertThat(new long[] {memory.read(entry + 4, 8), memory.read(entry + 12, 8), memory.read(entry + 20, 4)})
                    .as("entry %d", i).isEqualTo(expected[i]);
        }
        assertThat(info(image, 8)).as("mem_upper ends at the hole").isEqualTo((3L << 20) - 1024);
    }

    @Test
    void modulesArePageAlignedBehindTheImageWithTheirCommandLines() throws ImageException {
        LoadedImage image = load(TestImage.valid(false), "", module("first", "a=b c", 0x1001), module("second", "", 1));
        assertThat(info(image, 20)).isEqualTo(2);
        long table = info(image, 24);
        assertThat(memory.read(table, 4)).isEqualTo(0x10_2000);
        assertThat(memory.read(table + 4, 4)).isEqualTo(0x10_3001);
        assertThat(memory.text(memory.read(table + 8, 4))).isEqualTo("first a=b c");
        assertThat(memory.read(table + 16, 4)).isEqualTo(0x10_4000);
        assertThat(memory.read(table + 20, 4)).isEqualTo(0x10_4001);
        assertThat(memory.text(memory.read(table + 24, 4))).isEqualTo("second");
        assertThat(memory.read(0x10_3000, 2)).isEqualTo('f');
        assertThat(memory.read(0x10_4000, 2)).isEqualTo('s');
    }

    @Test
    void informationAvoidsSegmentsInLowMemory() throws ImageException {
        LoadedImage image = load(TestImage.elf32().entry(0x8000)
                .load(0x200, 0x8000, 0x8000, 0x100, 0x2800), "", module("m", "", 0x1800));
        assertThat(memory.read(info(image, 24), 4)).isEqualTo(0xB000);
        assertThat(image.multibootInfoAddress()).isEqualTo(0xD000);
    }

    @Test
    void entryOfAKernelThatIsLinkedHighIsTakenToItsPhysicalAddress() throws ImageException {
        LoadedImage image = load(TestImage.elf64().entry(0xFFFF_FFFF_8010_0020L)
                .load(0x200, 0xFFFF_FFFF_8010_0000L, 0x10_0000, 0x100, 0x100), "");
        assertThat(image.entry()).isEqualTo(0x10_0020);
    }

    @Test
    void entryMayBePhysicalInAKernelThatIsLinkedHigh() throws ImageException {
        LoadedImage image = load(TestImage.elf32().entry(0x10_0020).load(0x200, 0xC010_0000L, 0x10_0000, 0x100, 0x100),
                "");
        assertThat(image.entry()).isEqualTo(0x10_0020);
    }

    @Test
    void addressFieldsReplaceTheFileFormat() throws ImageException {
        long header = 0x20_0000 + TestImage.HEADER_OFFSET - 0x40;
        TestImage test = TestImage.elf32().type(9)
                .addressFields(header, 0x20_0000, 0x20_0200, 0x20_0400, 0x20_0010);
        LoadedImage image = load(test, "");
        assertThat(image.entry()).isEqualTo(0x20_0010);
        assertThat(memory.bytes(0x20_0000, 0x200)).isEqualTo(Arrays.copyOfRange(test.bytes(), 0x40, 0x240));
        assertThat(memory.bytes(0x20_0200, 0x200)).isEqualTo(new byte[0x200]);
        assertThat(image.segments().getFirst().addresses()).isEqualTo(new AddressRange(0x20_0000, 0x20_0400));
    }

    @Test
    void addressFieldsOfZeroMeanTheWholeFileAndNoBss() throws ImageException {
        long header = 0x20_0000 + TestImage.HEADER_OFFSET;
        TestImage test = TestImage.elf32().addressFields(header, 0x20_0000, 0, 0, 0x20_0000);
        LoadedImage image = load(test, "");
        assertThat(image.segments().getFirst().addresses())
                .isEqualTo(new AddressRange(0x20_0000, 0x20_0000 + test.bytes().length));
    }

    @Test
    void aSegmentOfZerosMayNameAnOffsetBehindTheFile() throws ImageException {
        load(TestImage.valid(false).load(0x7000_0000, 0x30_0000, 0x30_0000, 0, 0x1000), "");
    }

    static Stream<Arguments> wrongImages() {
        TestImage header = TestImage.elf32();
        return Stream.of(
                Arguments.of(TestImage.valid(false).wrongChecksum(), "is not a Multiboot 1 image"),
                Arguments.of(TestImage.valid(false).flags(4), "demands a video mode"),
                Arguments.of(TestImage.valid(false).flags(0x20), "flag bit 5"),
                Arguments.of(TestImage.valid(false).type(3), "type 3 is not an executable"),
                Arguments.of(TestImage.valid(false).machine(62), "machine 62, not for x86 (3)"),
                Arguments.of(TestImage.valid(true).machine(183), "machine 183, not for x86 (62)"),
                Arguments.of(TestImage.valid(true).programHeaderBytes(32), "program headers of 32 bytes instead of 56"),
                Arguments.of(header, "no program headers"),
                Arguments.of(TestImage.elf32().note(), "no loadable segment"),
                Arguments.of(TestImage.valid(false).fileBytes(0x2FF),
                        "truncated: segment 0 needs 0x100 bytes at offset 0x200, but the file has only 0x2ff"),
                Arguments.of(TestImage.valid(true).load(-1, 0, 0x20_0000, 1, 1), "truncated: segment 1"),
                Arguments.of(TestImage.valid(true).load(0x200, 0, 0x20_0000, -1, -1), "truncated: segment 1"),
                Arguments.of(TestImage.valid(true).load(0x200, 0, 0x20_0000, 1, -1), "52-bit physical addresses"),
                Arguments.of(TestImage.valid(true).load(0x200, 0, -0x1000, 0, 0x1000), "52-bit physical addresses"),
                Arguments.of(TestImage.valid(true).load(0x200, 0, (1L << 52) - 1, 0, 2), "52-bit physical addresses"),
                Arguments.of(TestImage.valid(false).load(0x200, 0, 0x20_0000, 0x20, 0x10),
                        "segment 1 has 0x20 bytes in the file but only 0x10 in memory"),
                Arguments.of(TestImage.valid(false).load(0x200, 0, 0x9_F000, 0x10, 0x2000),
                        "segment 1 at 0x9f000-0xa0fff is outside memory"),
                Arguments.of(TestImage.valid(false).load(0x200, 0, 0xFFFF_FFF0L, 0x10, 0x10), "is outside memory"),
                Arguments.of(TestImage.valid(false).load(0x200, 0, 0x10_11FF, 0x10, 0x10),
                        "segment 1 at 0x1011ff-0x10120e overlaps another one at 0x100000-0x1011ff"),
                Arguments.of(TestImage.valid(false).entry(0x10_1200), "entry address 0x101200 is in no segment"),
                Arguments.of(TestImage.elf32().addressFields(0x1000, 0x2000, 0, 0, 0x2000), "load_addr 0x2000"),
                Arguments.of(TestImage.elf32().addressFields(0x2_0000, 0x1000, 0, 0, 0x2000), "load_addr 0x1000"),
                Arguments.of(TestImage.elf32().addressFields(0x10_0000, 0x10_0000, 0xF_0000, 0, 0x2000),
                        "load_end_addr 0xf0000"),
                Arguments.of(TestImage.elf32().addressFields(0x10_0000, 0x10_0000, 0x11_0000, 0, 0x2000), "truncated"),
                Arguments.of(TestImage.elf32().addressFields(0x10_0000, 0x10_0000, 0x10_0100, 0x10_00FF, 0x2000),
                        "bss_end_addr 0x1000ff"));
    }

    @ParameterizedTest
    @MethodSource("wrongImages")
    void wrongImagesAreRefusedInASentenceBeforeMemoryIsTouched(TestImage image, String reason) {
        assertThatThrownBy(() -> load(image, "")).isInstanceOf(ImageException.class)
                .hasMessageStartingWith("dir/test.elf: ").hasMessageContaining(reason).hasMessageNotContaining("\n");
        assertThat(memory.isZero()).isTrue();
    }

    @Test
    void anEntryBeyond4GbIsRefused() {
        ram = RamLayout.pc(5L << 30);
        assertThatThrownBy(() -> load(TestImage.elf64().entry(1L << 32)
                .load(0x200, 1L << 32, 1L << 32, 0x100, 0x100), ""))
                .isInstanceOf(ImageException.class).hasMessageContaining("beyond 4 GB");
    }

    @Test
    void theHeaderMustStandInTheFirst8192Bytes() throws ImageException {
        byte[] bytes = new byte[8192 + 12];
        byte[] header = Arrays.copyOfRange(TestImage.valid(false).bytes(), TestImage.HEADER_OFFSET,
                TestImage.HEADER_OFFSET + 12);
        System.arraycopy(header, 0, bytes, 8192 - 12, 12);
        assertThat(MultibootHeader.find(new ImageBytes(new ImageFile("f", "f", bytes))).offset()).isEqualTo(8192 - 12);
        byte[] late = new byte[8192 + 12];
        System.arraycopy(header, 0, late, 8192 - 8, 12);
        assertThatThrownBy(() -> MultibootHeader.find(new ImageBytes(new ImageFile("f", "f", late))))
                .hasMessageContaining("is not a Multiboot 1 image");
    }

    @Test
    void aHeaderWithoutAFormatIsRefused() {
        byte[] bytes = TestImage.valid(false).bytes();
        bytes[1] = 'X';
        assertThatThrownBy(() -> new MultibootLoader(memory, ram).load(new ImageFile("f", "f", bytes), "", List.of()))
                .hasMessageContaining("is no ELF file");
    }

    @Test
    void modulesThatDoNotFitAreRefusedByName() {
        assertThatThrownBy(() -> load(TestImage.valid(false), "", module("big", "", (int) MEMORY)))
                .isInstanceOf(ImageException.class)
                .hasMessage("dir/big: module of 0x4000000 bytes does not fit into memory below 4 GB behind the image, "
                        + "which ends at 0x101200");
        assertThat(memory.isZero()).isTrue();
    }

    @Test
    void anImageThatFillsMemoryLeavesNoRoomForInformation() {
        ram = RamLayout.pc(RamLayout.LEAST);
        assertThatThrownBy(() -> load(TestImage.valid(false).load(0, 0, 0, 0, 640 << 10)
                .load(0, 0, 0x10_2000, 0, 0xF_E000), ""))
                .isInstanceOf(ImageException.class).hasMessageContaining("no room");
    }

    @Test
    void anAbsurdCommandLineIsRefused() {
        assertThatThrownBy(() -> load(TestImage.valid(false), "x".repeat(1 << 16)))
                .isInstanceOf(ImageException.class).hasMessageContaining("the limit is 65536");
    }
}
