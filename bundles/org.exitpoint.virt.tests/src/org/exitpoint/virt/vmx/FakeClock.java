/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.virt.vmx;

import org.exitpoint.machine.Clock;

/** A clock that a test sets. */
final class FakeClock implements Clock {
    long steps;

    @Override
    public long steps() {
        return steps;
    }

    @Override
    public long now() {
        return steps;
    }

    @Override
    public Timer timer(String name, Runnable expired) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long nextDeadline() {
        return Long.MAX_VALUE;
    }
}
