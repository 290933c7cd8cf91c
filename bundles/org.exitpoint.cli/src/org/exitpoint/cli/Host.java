/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import org.exitpoint.cli.machine.MachineFactory;

/**
 * What surrounds the command.
 *
 * @param in where a person types
 * @param out where the guest's serial output goes, each byte at once; help and version too
 * @param err where all else goes
 * @param terminal whether a person is there: input and output are a terminal
 * @param signals whether the command may handle Ctrl-C itself
 * @param machines makes machines
 */
public record Host(InputStream in, OutputStream out, PrintStream err, boolean terminal, boolean signals,
        MachineFactory machines) {
    /** The streams of this process. */
    static Host ofProcess(MachineFactory machines) {
        Console console = System.console();
        // Past System.out, whose buffers would hold single bytes back.
        return new Host(System.in, new FileOutputStream(FileDescriptor.out), System.err,
                console != null && console.isTerminal(), true, machines);
    }
}
