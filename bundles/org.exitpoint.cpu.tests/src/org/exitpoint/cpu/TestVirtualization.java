/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.exitpoint.cpu.core.NoVirtualization;
import org.exitpoint.cpu.core.Virtualization;
import org.exitpoint.cpu.event.Event;

/** A virtualization that intercepts the exceptions a test names and notes what it is asked. */
final class TestVirtualization {
    final List<Event> asked = new ArrayList<>();
    Predicate<Event> intercepted = event -> false;
    boolean interceptsTripleFault;
    boolean tripleFault;
    boolean intercepts;

    private final Virtualization none = new NoVirtualization();

    Virtualization port() {
        return (Virtualization) Proxy.newProxyInstance(TestVirtualization.class.getClassLoader(),
            new Class<?>[] {Virtualization.class}, (proxy, method, arguments) -> {
                switch (method.getName()) {
                    case "interceptException" -> {
                        asked.add((Event) arguments[0]);
                        return intercepted.test((Event) arguments[0]);
                    }
                    case "interceptTripleFault" -> {
                        tripleFault = true;
                        return interceptsTripleFault;
                    }
                    case "interceptCrWrite", "interceptMsr", "interceptIo", "interceptMovDr", "intercept" -> {
                        return intercepts;
                    }
                    default -> {
                        try {
                            return method.invoke(none, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }
                }
            });
    }
}
