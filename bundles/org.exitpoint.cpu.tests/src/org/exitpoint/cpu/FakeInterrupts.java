/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu;

import java.lang.reflect.Proxy;

import org.exitpoint.cpu.core.LocalInterrupts;

/** An interrupt controller that has a task priority, a base, and one interrupt for whoever acknowledges it. */
final class FakeInterrupts {
    private long base = 0xFEE0_0900L;
    private int priority;

    /** The controller; a proxy, so that the port may grow without this test double. */
    LocalInterrupts port() {
        return (LocalInterrupts) Proxy.newProxyInstance(FakeInterrupts.class.getClassLoader(),
            new Class<?>[] {LocalInterrupts.class}, (proxy, method, arguments) -> answer(method.getName(), arguments));
    }

    private Object answer(String method, Object[] arguments) {
        return switch (method) {
            case "taskPriorityClass" -> priority;
            case "setTaskPriorityClass" -> {
                priority = (int) arguments[0];
                yield null;
            }
            case "acknowledge" -> 0x41;
            case "base" -> base;
            case "setBase" -> {
                base = (long) arguments[0];
                yield null;
            }
            case "reset", "timeStampCounterChanged" -> null;
            default -> throw new UnsupportedOperationException(method);
        };
    }
}
