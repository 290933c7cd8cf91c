/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.image;

/** The image, or a module, cannot be loaded. The message is one sentence for the user that begins with the file. */
public final class ImageException extends Exception {
    private static final long serialVersionUID = 1L;

    ImageException(String file, String format, Object... arguments) {
        super(file + ": " + format.formatted(arguments));
    }
}
