/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.platform.image.ElfReader.Program;
import org.exitpoint.platform.image.MultibootInformation.PlacedModule;
import org.exitpoint.platform.memory.AddressRange;
import org.exitpoint.platform.memory.RamLayout;

/**
 * Loads Multiboot 1 images: ELF32 and ELF64 executables, and any file whose Multiboot header has address fields.
 *
 * <p>Segments go to their physical addresses, modules page-aligned behind the last segment in the order given, the
 * Multiboot information into the lowest free page from 0x9000. Command lines begin with the name of their file.
 */
public final class MultibootLoader {
    /** Below lie the real-mode interrupt table, the BIOS data area and where boot sectors and trampolines go. */
    private static final long LOWEST_INFORMATION = 0x9000;
    private static final long ENTRY_LIMIT = 1L << 32;
    private static final int LONGEST_COMMAND_LINE = 1 << 16;
    private static final int ZERO_CHUNK = 1 << 16;

    private final PhysicalMemory memory;
    private final RamLayout ram;

    /** A loader into a memory whose RAM lies as a layout says. */
    public MultibootLoader(PhysicalMemory memory, RamLayout ram) {
        this.memory = memory;
        this.ram = ram;
    }

    /**
     * Checks an image and loads it.
     *
     * @param file the image
     * @param arguments what follows the image's name in its command line; may be empty
     * @param modules files to load behind it
     * @throws ImageException if it cannot be loaded; the memory is unchanged then
     */
    public LoadedImage load(ImageFile file, String arguments, List<BootModule> modules) throws ImageException {
        ImageBytes image = new ImageBytes(file);
        MultibootHeader header = MultibootHeader.find(image);
        Program program = header.hasAddressFields() ? header.program(image) : elfProgram(image);
        Placement placement = new Placement(ram);
        placeSegments(image, program.segments(), placement);
        long entry = physicalEntry(image, program);
        List<PlacedModule> placed = placeModules(program.segments(), modules, placement);
        String commandLine = commandLine(file, arguments);
        AddressRange information = placeInformation(image, commandLine, placed, placement);

        program.segments().forEach(segment -> copy(file, segment));
        for (int i = 0; i < modules.size(); i++) {
            byte[] bytes = modules.get(i).file().bytes();
            memory.write(placed.get(i).addresses().start(), bytes, 0, bytes.length);
        }
        byte[] block = new MultibootInformation(ram, commandLine, placed).bytes(information);
        memory.write(information.start(), block, 0, block.length);
        return new LoadedImage(file, entry, information.start(), program.segments(),
                BootState.multiboot(entry, information.start()));
    }

    private static Program elfProgram(ImageBytes image) throws ImageException {
        if (!ElfReader.isElf(image)) {
            throw image.wrong("has a Multiboot header without address fields (flag bit 16), but is no ELF file");
        }
        return ElfReader.read(image);
    }

    private void placeSegments(ImageBytes image, List<Segment> segments, Placement placement) throws ImageException {
        if (segments.isEmpty()) {
            throw image.wrong("has nothing to load: no loadable segment");
        }
        for (Segment segment : segments) {
            if (!ram.contains(segment.addresses())) {
                throw image.wrong("%s at %s is outside memory, which has RAM at %s", segment.what(),
                        segment.addresses(), ram);
            }
            Optional<AddressRange> other = placement.overlapping(segment.addresses());
            if (other.isPresent()) {
                throw image.wrong("%s at %s overlaps another one at %s", segment.what(), segment.addresses(),
                        other.get());
            }
            placement.take(segment.addresses());
        }
    }

    /** The entry address is a linear one of a kernel that is linked high, else a physical one. */
    private static long physicalEntry(ImageBytes image, Program program) throws ImageException {
        for (Segment segment : program.segments()) {
            long offset = program.entry() - segment.linear();
            if (Long.compareUnsigned(offset, segment.addresses().size()) < 0) {
                return checkedEntry(image, segment.addresses().start() + offset);
            }
        }
        for (Segment segment : program.segments()) {
            if (Long.compareUnsigned(program.entry() - segment.addresses().start(), segment.addresses().size()) < 0) {
                return checkedEntry(image, program.entry());
            }
        }
        throw image.wrong("entry address 0x%x is in no segment", program.entry());
    }

    private static long checkedEntry(ImageBytes image, long physical) throws ImageException {
        if (physical >= ENTRY_LIMIT) {
            throw image.wrong("entry address 0x%x is beyond 4 GB, but Multiboot enters images in 32-bit mode",
                    physical);
        }
        return physical;
    }

    private static List<PlacedModule> placeModules(List<Segment> segments, List<BootModule> modules,
            Placement placement) throws ImageException {
        long end = segments.stream().mapToLong(segment -> segment.addresses().end()).max().orElseThrow();
        List<PlacedModule> placed = new ArrayList<>();
        for (BootModule module : modules) {
            byte[] bytes = module.file().bytes();
            Optional<AddressRange> room = placement.takeRoom(end, bytes.length);
            if (room.isEmpty()) {
                throw new ImageException(module.file().file(),
                        "module of 0x%x bytes does not fit into memory below 4 GB behind the image, which ends at 0x%x",
                        bytes.length, end);
            }
            end = room.get().end();
            placed.add(new PlacedModule(room.get(), commandLine(module.file(), module.arguments())));
        }
        return placed;
    }

    private AddressRange placeInformation(ImageBytes image, String commandLine, List<PlacedModule> modules,
            Placement placement) throws ImageException {
        long size = MultibootInformation.size(ram, commandLine,
                modules.stream().map(PlacedModule::commandLine).toList());
        Optional<AddressRange> room = placement.takeRoom(LOWEST_INFORMATION, size);
        if (room.isEmpty()) {
            throw image.wrong("leaves no room in memory for 0x%x bytes of Multiboot information", size);
        }
        return room.get();
    }

    private static String commandLine(ImageFile file, String arguments) throws ImageException {
        String line = arguments.isEmpty() ? file.name() : file.name() + " " + arguments;
        if (line.length() > LONGEST_COMMAND_LINE) {
            throw new ImageException(file.file(), "command line of %d characters; the limit is %d", line.length(),
                    LONGEST_COMMAND_LINE);
        }
        return line;
    }

    private void copy(ImageFile file, Segment segment) {
        long start = segment.addresses().start();
        memory.write(start, file.bytes(), segment.fileOffset(), segment.fileBytes());
        byte[] zeros = new byte[ZERO_CHUNK];
        long at = start + segment.fileBytes();
        while (at < segment.addresses().end()) {
            int length = (int) Math.min(zeros.length, segment.addresses().end() - at);
            memory.write(at, zeros, 0, length);
            at += length;
        }
    }
}
