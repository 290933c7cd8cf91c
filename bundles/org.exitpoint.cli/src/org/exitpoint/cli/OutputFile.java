/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.exitpoint.cli.machine.Failure;

/** Opens files to write, or says in a sentence why not. */
final class OutputFile {
    private OutputFile() {
    }

    /** Opens a file, which is emptied if it exists. */
    static OutputStream open(String name) throws Failure {
        try {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                throw Failure.output(name + " cannot be written: it is a directory");
            }
            return Files.newOutputStream(path);
        } catch (NoSuchFileException e) {
            throw Failure.output(name + " cannot be written: there is no such directory");
        } catch (AccessDeniedException e) {
            throw Failure.output(name + " cannot be written: permission denied");
        } catch (IOException e) {
            throw Failure.output(name + " cannot be written: " + e.getMessage());
        } catch (InvalidPathException e) {
            throw Failure.output("\"" + name + "\" is no file name: " + e.getReason());
        }
    }
}
