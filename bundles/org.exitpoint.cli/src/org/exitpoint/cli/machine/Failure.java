/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli.machine;

/** The command cannot do what it was asked. The message is one sentence for the user, without the command's name. */
public final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    private Failure(int status, String message) {
        super(message);
        this.status = status;
    }

    /**
     * The command line is wrong.
     *
     * @param message one sentence
     * @return the failure
     */
    public static Failure usage(String message) {
        return new Failure(ExitStatus.USAGE, message);
    }

    /**
     * The image, or a module, cannot be loaded.
     *
     * @param message one sentence
     * @return the failure
     */
    public static Failure image(String message) {
        return new Failure(ExitStatus.BAD_IMAGE, message);
    }

    /**
     * A file that the command was to write cannot be written.
     *
     * @param message one sentence
     * @return the failure
     */
    public static Failure output(String message) {
        return new Failure(ExitStatus.CANNOT_WRITE, message);
    }

    /**
     * The machine could not go on, by a fault of this program.
     *
     * @param message one sentence
     * @return the failure
     */
    public static Failure internal(String message) {
        return new Failure(ExitStatus.INTERNAL, message);
    }

    /**
     * What the command ends with.
     *
     * @return an even number
     */
    public int status() {
        return status;
    }
}
