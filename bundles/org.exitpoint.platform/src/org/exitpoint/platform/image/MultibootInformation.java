/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.exitpoint.platform.memory.AddressRange;
import org.exitpoint.platform.memory.RamLayout;

/**
 * The Multiboot information structure with everything that it points to, as one block of bytes (Multiboot
 * Specification 0.6.96, "Boot information format").
 */
final class MultibootInformation {
    private static final int STRUCTURE_BYTES = 116;
    private static final int MODULE_BYTES = 16;
    private static final int MAP_ENTRY_BYTES = 24;
    private static final String LOADER_NAME = "exitpoint";

    private static final int HAS_MEMORY = 1;
    private static final int HAS_COMMAND_LINE = 1 << 2;
    private static final int HAS_MODULES = 1 << 3;
    private static final int HAS_MEMORY_MAP = 1 << 6;
    private static final int HAS_LOADER_NAME = 1 << 9;

    private static final int AVAILABLE = 1;
    private static final int RESERVED = 2;

    /** A module in memory and its command line. */
    record PlacedModule(AddressRange addresses, String commandLine) {
    }

    private record MapEntry(AddressRange addresses, int type) {
    }

    private final RamLayout ram;
    private final byte[] commandLine;
    private final List<PlacedModule> modules;
    private final List<MapEntry> map = new ArrayList<>();

    MultibootInformation(RamLayout ram, String commandLine, List<PlacedModule> modules) {
        this.ram = ram;
        this.commandLine = text(commandLine);
        this.modules = modules;
        ram.ranges().forEach(range -> map.add(new MapEntry(range, AVAILABLE)));
        map.add(1, new MapEntry(new AddressRange(RamLayout.CONVENTIONAL_END, RamLayout.EXTENDED_START), RESERVED));
    }

    /** Bytes that the block takes; at least as many as it will have. */
    static long size(RamLayout ram, String commandLine, List<String> moduleCommandLines) {
        long strings = text(commandLine).length + text(LOADER_NAME).length
                + moduleCommandLines.stream().mapToLong(line -> text(line).length).sum();
        return STRUCTURE_BYTES + (long) MODULE_BYTES * moduleCommandLines.size()
                + (long) MAP_ENTRY_BYTES * (ram.ranges().size() + 1) + strings;
    }

    private static byte[] text(String value) {
        return (value + '\0').getBytes(StandardCharsets.UTF_8);
    }

    /** The block for a place in physical memory below 4 GB. */
    byte[] bytes(AddressRange place) {
        ByteBuffer block = ByteBuffer.allocate(Math.toIntExact(place.size())).order(ByteOrder.LITTLE_ENDIAN);
        int base = (int) place.start();
        int moduleTable = STRUCTURE_BYTES;
        int memoryMap = moduleTable + MODULE_BYTES * modules.size();
        int strings = memoryMap + MAP_ENTRY_BYTES * map.size();
        block.position(strings);
        int commandLineAt = putText(block, commandLine);
        int loaderNameAt = putText(block, text(LOADER_NAME));
        for (int i = 0; i < modules.size(); i++) {
            PlacedModule module = modules.get(i);
            int lineAt = putText(block, text(module.commandLine));
            int entry = moduleTable + i * MODULE_BYTES;
            block.putInt(entry, (int) module.addresses.start()).putInt(entry + 4, (int) module.addresses.end())
                    .putInt(entry + 8, base + lineAt);
        }
        putMemoryMap(block, memoryMap);
        block.putInt(0, HAS_MEMORY | HAS_COMMAND_LINE | HAS_MODULES | HAS_MEMORY_MAP | HAS_LOADER_NAME);
        block.putInt(4, (int) (ram.ranges().getFirst().size() >> 10));
        block.putInt(8, (int) (ram.ranges().get(1).size() >> 10));
        block.putInt(16, base + commandLineAt);
        block.putInt(20, modules.size()).putInt(24, base + moduleTable);
        block.putInt(44, MAP_ENTRY_BYTES * map.size()).putInt(48, base + memoryMap);
        block.putInt(64, base + loaderNameAt);
        return block.array();
    }

    private static int putText(ByteBuffer block, byte[] text) {
        int at = block.position();
        block.put(text);
        return at;
    }

    /** The size field of an entry does not count itself. */
    private void putMemoryMap(ByteBuffer block, int at) {
        int entry = at;
        for (MapEntry range : map) {
            block.putInt(entry, MAP_ENTRY_BYTES - 4).putLong(entry + 4, range.addresses.start())
                    .putLong(entry + 12, range.addresses.size()).putInt(entry + 20, range.type);
            entry += MAP_ENTRY_BYTES;
        }
    }
}
