/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.guests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SampleGuestsTest {

    private static final int MULTIBOOT_SEARCH = 8192;
    private static final int MULTIBOOT_MAGIC = 0x1BADB002;

    static Stream<SampleGuests.Entry> guests() {
        return SampleGuests.list().stream();
    }

    @ParameterizedTest
    @MethodSource("guests")
    void imageIsAnElf64ForThisArchitecture(SampleGuests.Entry guest) throws IOException {
        ByteBuffer image = image(guest);
        assertThat(image.getInt(0)).isEqualTo(0x464C457F);
        assertThat(image.get(4)).as("64-bit").isEqualTo((byte) 2);
        assertThat(image.getShort(18)).as("x86-64").isEqualTo((short) 62);
        assertThat(image.capacity()).as("bytes").isLessThan(200_000);
    }

    @ParameterizedTest
    @MethodSource("guests")
    void multibootHeaderIsWhereLoadersLook(SampleGuests.Entry guest) throws IOException {
        ByteBuffer image = image(guest);
        int at = 0;
        while (at < MULTIBOOT_SEARCH && image.getInt(at) != MULTIBOOT_MAGIC) {
            at += 4;
        }
        assertThat(at).isLessThan(MULTIBOOT_SEARCH);
        assertThat(image.getInt(at) + image.getInt(at + 4) + image.getInt(at + 8)).as("checksum").isZero();
    }

    @ParameterizedTest
    @MethodSource("guests")
    void imageKnowsItsSourcesByNameAlone(SampleGuests.Entry guest) throws IOException {
        String text = new String(image(guest).array(), StandardCharsets.ISO_8859_1);
        assertThat(text).contains("/org.exitpoint.guests").contains("tour/start.S").doesNotContain("/home/", "/tmp/");
    }

    @Test
    void symbolsNameTheStepsAndTheTransitions() throws IOException {
        String text = new String(image(SampleGuests.find("tour").orElseThrow()).array(), StandardCharsets.ISO_8859_1);
        assertThat(text).contains("\0vmx_enter\0", "\0exit_stub\0", "\0guest_cpuid\0", "\0guest_read_absent\0",
                "\0handle_cr_access\0");
    }

    @Test
    void casesAreThoseOfTheImageAndOfTheReadme() throws IOException {
        SampleGuests.Entry broken = SampleGuests.find("tour-broken").orElseThrow();
        String text = new String(image(broken).array(), StandardCharsets.ISO_8859_1);
        String readme = Files.readString(Repository.bundle().resolve("README.md"));
        assertThat(broken.cases()).hasSize(5).allSatisfy(name -> {
            assertThat(text).contains("\0" + name + "\0");
            assertThat(readme).contains("`" + name + "`");
        });
    }

    @Test
    void namesAreUniqueAndFound() {
        List<String> names = guests().map(SampleGuests.Entry::name).toList();
        assertThat(names).doesNotHaveDuplicates().containsExactly(SampleGuests.names().split(", "));
        assertThat(names).allSatisfy(name -> assertThat(SampleGuests.find(name)).isPresent());
        assertThat(SampleGuests.find("Tour")).isEmpty();
    }

    private static ByteBuffer image(SampleGuests.Entry guest) throws IOException {
        try (InputStream stream = guest.open()) {
            return ByteBuffer.wrap(stream.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
