/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.exitpoint.arch.NearestName;
import org.exitpoint.cli.machine.Failure;
import org.exitpoint.cli.machine.Images;
import org.exitpoint.cli.machine.MachineRequest;
import org.exitpoint.cli.machine.MemorySize;
import org.exitpoint.devices.uart.SerialSink;
import org.exitpoint.platform.image.BootModule;
import org.exitpoint.platform.image.ImageFile;
import picocli.CommandLine.Option;

/** The options that say what machine is to run. */
final class MachineOptions {
    private static final int MOST_PROCESSORS = 255;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Option(names = "--append", paramLabel = "STRING",
            description = "What follows the image's name in its command line.")
    private String append = "";

    @Option(names = "--module", paramLabel = "FILE[=ARGS]",
            description = "A file to load behind the image, with its command line. May be repeated.")
    private List<String> modules = new ArrayList<>();

    @Option(names = "--initrd", paramLabel = "FILE", description = "An initial RAM disk: loaded as the first module.")
    private String initrd;

    @Option(names = "--memory", paramLabel = "SIZE", defaultValue = "512M",
            description = "RAM, with K, M or G (default: ${DEFAULT-VALUE}).")
    private String memory;

    @Option(names = "--cpus", paramLabel = "N", defaultValue = "1",
            description = "Number of processors (default: ${DEFAULT-VALUE}).")
    private String cpus;

    @Option(names = "--cpu", paramLabel = "MODEL[,+FEATURE][,-FEATURE]", defaultValue = "max",
            description = "CPU model, with features added or taken away, such as skylake-server,-smap,maxphyaddr=39 "
                    + "(default: ${DEFAULT-VALUE}).")
    private String cpu;

    @Option(names = "--engine", paramLabel = "ENGINE", defaultValue = "auto",
            description = "What executes instructions: auto, interpreter, translator, or lockstep, which runs both "
                    + "side by side and stops at the first difference (default: ${DEFAULT-VALUE}).")
    private String engine;

    @Option(names = "--serial", paramLabel = "stdio|file:FILE", defaultValue = "stdio",
            description = "Where the first serial port's output goes (default: ${DEFAULT-VALUE}).")
    private String serial;

    /** What the options say. */
    MachineRequest request(String image, Host host) throws Failure {
        long bytes = MemorySize.parse(memory);
        int processors = processors();
        MachineRequest.Engine kind = engine();
        ImageFile file = Images.read(image, bytes);
        List<BootModule> loaded = new ArrayList<>();
        if (initrd != null) {
            loaded.add(Images.module(initrd, bytes));
        }
        for (String module : modules) {
            loaded.add(Images.module(module, bytes));
        }
        return new MachineRequest(file, append, loaded, bytes, processors, cpu, kind, serial(host));
    }

    private int processors() throws Failure {
        long number = Numbers.positive("--cpus", cpus);
        if (number > MOST_PROCESSORS) {
            throw Failure.usage("a machine has at most " + MOST_PROCESSORS + " processors, not " + number);
        }
        return (int) number;
    }

    private MachineRequest.Engine engine() throws Failure {
        for (MachineRequest.Engine kind : MachineRequest.Engine.values()) {
            if (kind.name().equalsIgnoreCase(engine)) {
                return kind;
            }
        }
        List<String> names = Arrays.stream(MachineRequest.Engine.values())
                .map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList();
        throw Failure.usage("there is no engine \"" + engine + "\"" + NearestName.of(engine, names)
                .map(near -> "; did you mean " + near + "?")
                .orElse("; there are " + names.stream().collect(Collectors.joining(", "))));
    }

    private SerialSink serial(Host host) throws Failure {
        if (serial.equals("stdio")) {
            return new StreamSink(host.out());
        }
        if (serial.startsWith("file:") && serial.length() > "file:".length()) {
            return new StreamSink(OutputFile.open(serial.substring("file:".length())));
        }
        throw Failure.usage("--serial takes stdio or file:FILE, not \"" + serial + "\"");
    }
}
