/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.emit;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Emitted code called as a C function of two 64-bit arguments (in RDI and RSI) with a 64-bit result (in RAX). */
public final class HostCall {
    private static final MethodHandle CALL = Linker.nativeLinker().downcallHandle(
        FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));

    private final MemorySegment function;

    /** A function at a host address. */
    public HostCall(long address) {
        function = MemorySegment.ofAddress(address);
    }

    /** Calls the function. */
    public long call(long first, long second) {
        try {
            return (long) CALL.invokeExact(function, first, second);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
