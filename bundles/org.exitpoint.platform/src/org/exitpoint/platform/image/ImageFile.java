/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.image;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The bytes of an image or module, with the names that messages and guests use.
 *
 * @param file the file as the user named it, for messages
 * @param name the name that the guest sees as first word of its command line
 * @param bytes the content, which nobody changes
 */
public record ImageFile(String file, String name, byte[] bytes) {
    /** No array holds more. */
    private static final long MOST_BYTES = Integer.MAX_VALUE - 16;

    /**
     * Reads a file.
     *
     * @param path the file
     * @param memoryBytes the memory that it has to fit into
     * @throws ImageException if it is missing, unreadable, no regular file, empty or larger than the memory
     */
    public static ImageFile read(Path path, long memoryBytes) throws ImageException {
        String file = path.toString();
        if (Files.isDirectory(path)) {
            throw new ImageException(file, "is a directory, not an image");
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new ImageException(file, "is not a regular file");
        }
        long limit = Math.min(memoryBytes, MOST_BYTES);
        byte[] bytes = readBytes(path, file, limit);
        if (bytes.length == 0) {
            throw new ImageException(file, "is empty");
        }
        return new ImageFile(file, path.getFileName().toString(), bytes);
    }

    private static byte[] readBytes(Path path, String file, long limit) throws ImageException {
        try (InputStream in = Files.newInputStream(path)) {
            long size = Files.size(path);
            if (size > limit) {
                throw new ImageException(file, "is %d bytes large, but at most %d fit into memory", size, limit);
            }
            return in.readNBytes((int) limit);
        } catch (NoSuchFileException | FileNotFoundException e) {
            throw new ImageException(file, "no such file");
        } catch (AccessDeniedException e) {
            throw new ImageException(file, "cannot be read: permission denied");
        } catch (IOException e) {
            throw new ImageException(file, "cannot be read: %s", e.getMessage());
        }
    }
}
