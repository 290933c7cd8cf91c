/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.core;

import java.util.OptionalLong;
import java.util.function.IntSupplier;

import org.exitpoint.cpu.event.Event;
import org.exitpoint.cpu.interruption.Faults;
import org.exitpoint.isa.ops.Helper;
import org.exitpoint.isa.ops.Intercept;
import org.exitpoint.isa.shape.Instruction;

/** A processor without virtualization: nothing exits, virtualization instructions are invalid opcodes. */
public final class NoVirtualization implements Virtualization {
    @Override
    public boolean intercept(Intercept event, Instruction instruction, long qualification) {
        return false;
    }

    @Override
    public boolean interceptCrWrite(CrAccess access, Instruction instruction, int controlRegister, int generalRegister,
            long value, OptionalLong linearAddress) {
        return false;
    }

    @Override
    public boolean interceptCrRead(Instruction instruction, int controlRegister, int generalRegister) {
        return false;
    }

    @Override
    public boolean interceptMovDr(Instruction instruction, int debugRegister, boolean write, int generalRegister) {
        return false;
    }

    @Override
    public boolean interceptIo(Instruction instruction, IoAccess access) {
        return false;
    }

    @Override
    public boolean interceptMsr(Instruction instruction, int msr, boolean write) {
        return false;
    }

    @Override
    public boolean interceptException(Event event) {
        return false;
    }

    @Override
    public boolean wantsExternalInterrupts() {
        return false;
    }

    @Override
    public boolean interceptExternalInterrupt(IntSupplier acknowledge) {
        return false;
    }

    @Override
    public boolean interceptNmi() {
        return false;
    }

    @Override
    public boolean interceptTripleFault() {
        return false;
    }

    @Override
    public boolean interceptInit() {
        return false;
    }

    @Override
    public boolean interceptSipi(int vector) {
        return false;
    }

    @Override
    public void guestPhysicalFault() {
        throw new IllegalStateException("a guest-physical translation failed without virtualization");
    }

    @Override
    public boolean interceptBoundary(BoundaryEvent event) {
        return false;
    }

    @Override
    public Event takeInjectedEvent() {
        return null;
    }

    @Override
    public long stepsToTimer() {
        return Long.MAX_VALUE;
    }

    @Override
    public long visibleControlRegister(int controlRegister, long value) {
        return value;
    }

    @Override
    public long mergeControlRegister(int controlRegister, long old, long value) {
        return value;
    }

    @Override
    public boolean allowsControlRegister(int controlRegister, long value) {
        return true;
    }

    @Override
    public long visibleTimeStampCounter(long tsc) {
        return tsc;
    }

    @Override
    public boolean forbids(Helper helper) {
        return false;
    }

    @Override
    public boolean iretUnblocksNmi() {
        return true;
    }

    @Override
    public OptionalLong readMsr(int msr) {
        return OptionalLong.empty();
    }

    @Override
    public boolean writeMsr(int msr, long value) {
        return false;
    }

    @Override
    public void execute(Helper helper, Instruction instruction, long first, long second) {
        throw Faults.invalidOpcode();
    }

    @Override
    public String shutdownCause() {
        return null;
    }

    @Override
    public void reset() {
    }
}
