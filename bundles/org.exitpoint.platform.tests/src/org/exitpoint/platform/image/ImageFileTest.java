/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFileTest {
    private static final long LIMIT = 1 << 20;

    @TempDir
    private Path directory;

    private void refused(Path path, String reason) {
        assertThatThrownBy(() -> ImageFile.read(path, LIMIT)).isInstanceOf(ImageException.class)
                .hasMessage(path + ": " + reason);
    }

    @Test
    void aFileIsReadUnderTheNameThatTheGuestSees() throws IOException, ImageException {
        Path path = Files.write(directory.resolve("kernel.elf"), new byte[] {1, 2, 3});
        ImageFile file = ImageFile.read(path, LIMIT);
        assertThat(file.bytes()).containsExactly(1, 2, 3);
        assertThat(file.name()).isEqualTo("kernel.elf");
        assertThat(file.file()).isEqualTo(path.toString());
    }

    @Test
    void aMissingFileIsSaidToBeMissing() {
        refused(directory.resolve("vanished"), "no such file");
        refused(directory.resolve("no").resolve("way"), "no such file");
    }

    @Test
    void aDirectoryIsNoImage() {
        refused(directory, "is a directory, not an image");
    }

    @Test
    void aDeviceIsNoImage() {
        Path device = Path.of("/dev/zero");
        assumeFalse(!Files.exists(device), "the host has no /dev/zero");
        refused(device, "is not a regular file");
    }

    @Test
    void anEmptyFileIsNoImage() throws IOException {
        refused(Files.createFile(directory.resolve("empty")), "is empty");
    }

    @Test
    void aFileLargerThanMemoryIsNotRead() throws IOException {
        Path path = directory.resolve("large");
        Files.write(path, new byte[(int) LIMIT + 1]);
        refused(path, "is 1048577 bytes large, but at most 1048576 fit into memory");
    }

    @Test
    void anUnreadableFileIsSaidToBe() throws IOException {
        Path path = Files.write(directory.resolve("secret"), new byte[1]);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(path), "this user may read every file");
        refused(path, "cannot be read: permission denied");
    }
}
