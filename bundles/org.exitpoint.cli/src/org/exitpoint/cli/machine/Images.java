/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.exitpoint.platform.image.BootModule;
import org.exitpoint.platform.image.ImageException;
import org.exitpoint.platform.image.ImageFile;

/** Finds images: files, and the sample guests behind {@code demo:}, which stand on the class path. */
public final class Images {
    /** What begins the name of a sample guest. */
    public static final String DEMO = "demo:";

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");
    private static final String DIRECTORY = "org/exitpoint/guests/images/";

    private Images() {
    }

    /**
     * Reads an image.
     *
     * @param name a file, or {@code demo:NAME}
     * @param memoryBytes the memory that it has to fit into
     * @return the image
     * @throws Failure if there is none
     */
    public static ImageFile read(String name, long memoryBytes) throws Failure {
        if (!name.startsWith(DEMO)) {
            return readFile(name, memoryBytes);
        }
        String guest = name.substring(DEMO.length());
        // No other path on the class path than an image's can be meant.
        try (InputStream in = NAME.matcher(guest).matches()
                ? resource(DIRECTORY + guest + ".elf") : null) {
            if (in == null) {
                throw Failure.image("there is no sample guest \"" + guest + "\"; there are " + samples());
            }
            return new ImageFile(name, guest, in.readAllBytes());
        } catch (IOException e) {
            throw Failure.image(name + " cannot be read: " + e.getMessage());
        }
    }

    /** Looks on the class path of this class, or of whoever called it: nothing here imports the guests' bundle. */
    private static InputStream resource(String path) {
        InputStream own = Images.class.getClassLoader().getResourceAsStream(path);
        ClassLoader callers = Thread.currentThread().getContextClassLoader();
        return own == null && callers != null ? callers.getResourceAsStream(path) : own;
    }

    /** The bundle of sample guests, which nothing imports, knows what it has. */
    private static String samples() {
        try {
            return (String) Class.forName("org.exitpoint.guests.SampleGuests").getMethod("names").invoke(null);
        } catch (ReflectiveOperationException e) {
            return "none in this installation";
        }
    }

    /**
     * Reads a module.
     *
     * @param specification {@code FILE} or {@code FILE=ARGUMENTS}
     * @param memoryBytes the memory that it has to fit into
     * @return the module
     * @throws Failure if it cannot be read
     */
    public static BootModule module(String specification, long memoryBytes) throws Failure {
        int equals = specification.indexOf('=');
        String file = equals < 0 ? specification : specification.substring(0, equals);
        return new BootModule(readFile(file, memoryBytes), equals < 0 ? "" : specification.substring(equals + 1));
    }

    private static ImageFile readFile(String name, long memoryBytes) throws Failure {
        if (name.isEmpty()) {
            throw Failure.image("the name of a file is empty");
        }
        try {
            return ImageFile.read(Path.of(name), memoryBytes);
        } catch (ImageException e) {
            throw Failure.image(e.getMessage());
        } catch (InvalidPathException e) {
            throw Failure.image("\"" + name + "\" is no file name: " + e.getReason());
        }
    }
}
