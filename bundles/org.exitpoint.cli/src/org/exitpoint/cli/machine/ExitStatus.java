/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli.machine;

import org.exitpoint.debug.api.stop.StopReason;

/** What the command ends with: the guest's own statuses are odd, or 0 for power-off, ours are even. */
public final class ExitStatus {
    /** The guest switched the machine off, or the command did what it was asked. */
    public static final int OK = 0;
    /** The command line is wrong. */
    public static final int USAGE = 2;
    /** The image cannot be loaded. */
    public static final int BAD_IMAGE = 4;
    /** A file cannot be written. */
    public static final int CANNOT_WRITE = 6;
    /** Every processor is halted and nothing will wake one. */
    public static final int IDLE = 114;
    /** The two machines of a lock-step run differ. */
    public static final int DIVERGENCE = 116;
    /** This program failed. */
    public static final int INTERNAL = 118;
    /** The guest reached something that is not implemented. */
    public static final int NOT_IMPLEMENTED = 120;
    /** The processor shut down. */
    public static final int SHUTDOWN = 122;
    /** The limit of steps or of time is reached. */
    public static final int LIMIT = 124;
    /** The run stopped at a breakpoint, and there is nobody to go on. */
    public static final int STOPPED = 126;

    private static final int BYTE = 0xff;

    private ExitStatus() {
    }

    /**
     * The status that a stop means if nobody goes on from it.
     *
     * @param reason why the machine stands
     * @return 0 to 255
     */
    public static int of(StopReason reason) {
        return switch (reason) {
            case StopReason.GuestExit(long value) -> (int) (value << 1 | 1) & BYTE;
            case StopReason.PowerOff _ -> OK;
            case StopReason.Shutdown _ -> SHUTDOWN;
            case StopReason.NotImplemented _ -> NOT_IMPLEMENTED;
            case StopReason.Idle _ -> IDLE;
            case StopReason.Divergence _ -> DIVERGENCE;
            case StopReason.Limit _ -> LIMIT;
            case StopReason.Ready _, StopReason.AtBreakpoint _, StopReason.VmExit _, StopReason.VmEntry _,
                    StopReason.EntryFailure _, StopReason.Step _, StopReason.Paused _ -> STOPPED;
        };
    }
}
