/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.guests;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The sample guests by name: what stands after {@code demo:} on the command line. Immutable and safe for any thread.
 */
public final class SampleGuests {

    private static final List<Entry> ENTRIES = List.of(
            new Entry("tour", "tour.elf",
                    "a hypervisor that shows 28 exit reasons, one line each, checked against the manual"),
            new Entry("tour-broken", "tour-broken.elf",
                    "a hypervisor whose VM entry fails in a way that the command line names",
                    "host-cr4", "pin-controls", "guest-cs-ar", "guest-rflags", "ept-pointer"),
            new Entry("registers", "registers.elf",
                    "a 64-bit kernel without virtualization that keeps all sixteen registers and the flags busy"));

    private SampleGuests() {
    }

    /** {@return all sample guests, in the order a list of them should have} */
    public static List<Entry> list() {
        return ENTRIES;
    }

    /**
     * Finds a sample guest.
     *
     * @param name its name, as in {@link Entry#name()}
     * @return the guest, or nothing if there is none of that name
     */
    public static Optional<Entry> find(String name) {
        return ENTRIES.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** {@return the names of all sample guests, separated by a comma and a space: for messages} */
    public static String names() {
        return ENTRIES.stream().map(Entry::name).collect(Collectors.joining(", "));
    }

    /** A sample guest: a Multiboot 1 kernel on the class path. */
    public static final class Entry {
        private final String name;
        private final String image;
        private final String description;
        private final List<String> cases;

        private Entry(String name, String image, String description, String... cases) {
            this.name = name;
            this.image = image;
            this.description = description;
            this.cases = Arrays.stream(cases).toList();
        }

        /** {@return the name by which a user asks for it} */
        public String name() {
            return name;
        }

        /** {@return what it is, as part of a sentence} */
        public String description() {
            return description;
        }

        /** {@return the words of which its command line needs one; empty if it needs no command line} */
        public List<String> cases() {
            return cases;
        }

        /** {@return the file name of the image} */
        public String image() {
            return image;
        }

        /**
         * Opens the image, an ELF file.
         *
         * @return its bytes; the caller closes the stream
         * @throws IOException if this installation lacks the image
         */
        public InputStream open() throws IOException {
            InputStream stream = SampleGuests.class.getResourceAsStream("images/" + image);
            if (stream == null) {
                throw new IOException("the image of the sample guest '" + name + "' is missing: images/" + image);
            }
            return stream;
        }
    }
}
