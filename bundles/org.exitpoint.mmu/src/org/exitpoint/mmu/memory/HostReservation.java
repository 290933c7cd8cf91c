/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.mmu.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * A range of the host's virtual address space, reserved without committing memory: pages become zeroed memory when they
 * are made accessible and first touched.
 *
 * <p>Uses {@code mmap} of a Linux host. Not safe for use after {@link #close()}: addresses are raw.
 */
public final class HostReservation implements AutoCloseable {
    private static final int PROT_NONE = 0;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANONYMOUS_NORESERVE = 0x2 | 0x20 | 0x4000;
    private static final String ERRNO = "errno";
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO_HANDLE = CAPTURE.varHandle(MemoryLayout.PathElement.groupElement(ERRNO));
    private static final MethodHandle MMAP = bind("mmap", FunctionDescriptor.of(ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));
    private static final MethodHandle MPROTECT = bind("mprotect", FunctionDescriptor.of(ValueLayout.JAVA_INT,
            ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    private static final MethodHandle MUNMAP = bind("munmap", FunctionDescriptor.of(ValueLayout.JAVA_INT,
            ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));

    private final long address;
    private final long bytes;
    private boolean closed;

    private HostReservation(long address, long bytes) {
        this.address = address;
        this.bytes = bytes;
    }

    /** Reserves bytes (a multiple of the page size) of which none is accessible yet. */
    public static HostReservation inaccessible(long bytes) {
        return map(bytes, PROT_NONE);
    }

    /** Reserves bytes (a multiple of the page size) that read as zero and take memory when first written. */
    public static HostReservation zeroed(long bytes) {
        return map(bytes, PROT_READ_WRITE);
    }

    /** Host address of the first byte. */
    public long address() {
        return address;
    }

    /** Bytes reserved. */
    public long bytes() {
        return bytes;
    }

    /** Makes {@code [offset, offset + length)}, both page-aligned, readable and writable. */
    public void makeAccessible(long offset, long length) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(CAPTURE);
            int result = (int) MPROTECT.invokeExact(errno, address + offset, length, PROT_READ_WRITE);
            if (result != 0) {
                throw failure("make accessible", length, errno);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives the range back to the host. Later calls do nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(CAPTURE);
            int result = (int) MUNMAP.invokeExact(errno, address, bytes);
            if (result != 0) {
                throw failure("release", bytes, errno);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static HostReservation map(long bytes, int protection) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(CAPTURE);
            long address = (long) MMAP.invokeExact(errno, 0L, bytes, protection, MAP_PRIVATE_ANONYMOUS_NORESERVE,
                    -1, 0L);
            if (address == -1) {
                throw failure("reserve", bytes, errno);
            }
            return new HostReservation(address, bytes);
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static IllegalStateException failure(String what, long bytes, MemorySegment errno) {
        return new IllegalStateException("the host refused to %s %,d bytes of address space (errno %d)"
                .formatted(what, bytes, (int) ERRNO_HANDLE.get(errno, 0L)));
    }

    private static MethodHandle bind(String name, FunctionDescriptor descriptor) {
        MemorySegment symbol = LINKER.defaultLookup().find(name).orElseThrow(() -> new UnsupportedOperationException(
                "this host has no " + name + ": guest memory is implemented for Linux hosts"));
        return LINKER.downcallHandle(symbol, descriptor, Linker.Option.captureCallState(ERRNO));
    }
}
