/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.image;

/**
 * A file that is given to an image in memory.
 *
 * @param file its content
 * @param arguments what follows its name in its command line; may be empty
 */
public record BootModule(ImageFile file, String arguments) {
}
