/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.debug.api.address.Address;
import org.exitpoint.debug.api.breakpoint.Breakpoint;
import org.exitpoint.debug.api.context.Context;
import org.exitpoint.debug.api.context.ContextId;
import org.exitpoint.debug.api.inspect.AccessKind;
import org.exitpoint.debug.api.inspect.ExitRecord;
import org.exitpoint.debug.api.inspect.InstructionText;
import org.exitpoint.debug.api.inspect.MemoryBytes;
import org.exitpoint.debug.api.inspect.PageWalkReport;
import org.exitpoint.debug.api.inspect.RegisterGroup;
import org.exitpoint.debug.api.inspect.VmcsFieldValue;
import org.exitpoint.debug.api.stop.Stop;

/**
 * A debugger's session with a machine.
 *
 * <p>All-stop: all processors run or none. {@link #resume} and {@link #step} return at once; where the machine stops
 * next comes as an event. Queries name the stop they are about and throw {@link StaleStopException} once it is over. No
 * query changes what the software in the machine sees: a run with every view open is the same run.
 *
 * <p>Methods may be called from any thread. All but {@link #pause} may wait for another client's query. They throw
 * {@link SessionException} with a sentence for the user when they cannot do what they are asked.
 */
public interface Session extends AutoCloseable {
    /**
     * Adds a listener. If the machine stands, the present stop is its first event.
     *
     * @param listener who wants to hear
     */
    void addListener(SessionListener listener);

    /**
     * The present stop.
     *
     * @return the stop, or nothing while the machine runs
     */
    Optional<Stop> stop();

    /** Runs until something stops the machine. */
    void resume();

    /**
     * Runs until something stops the machine, at most a number of steps.
     *
     * @param steps the most steps, at least 1; afterwards the reason is {@code Limit}
     */
    void resume(long steps);

    /**
     * Steps a processor.
     *
     * @param vcpu its number
     * @param kind how far
     */
    void step(int vcpu, StepKind kind);

    /** Stops a running machine soon; without effect on one that stands. Never waits. */
    void pause();

    /**
     * Adds a breakpoint.
     *
     * @param breakpoint what to stop at
     * @return a number that names it in this session
     */
    int add(Breakpoint breakpoint);

    /**
     * Removes a breakpoint.
     *
     * @param number what {@link #add} gave
     */
    void remove(int number);

    /**
     * The breakpoints.
     *
     * @return them by number, ascending
     */
    Map<Integer, Breakpoint> breakpoints();

    /**
     * The tree of contexts.
     *
     * @param stopId the stop
     * @return all contexts, each after its parent
     */
    List<Context> contexts(long stopId);

    /**
     * Registers of a context.
     *
     * @param stopId the stop
     * @param context whose; of a guest that does not run, what its VMCS holds is live and the rest a snapshot of its
     *     last VM exit
     * @return the groups
     */
    List<RegisterGroup> registers(long stopId, ContextId context);

    /**
     * Writes a register, as a logged input.
     *
     * @param stopId the stop
     * @param context whose
     * @param register its name, in either case
     * @param value the value
     */
    void writeRegister(long stopId, ContextId context, String register, long value);

    /**
     * The fields of a guest's VMCS.
     *
     * @param stopId the stop
     * @param guest whose
     * @return all fields that the processor has, in the order of their encodings
     */
    List<VmcsFieldValue> vmcs(long stopId, ContextId.Guest guest);

    /**
     * Writes a VMCS field, as a logged input. What the manual forbids VMWRITE, such as exit information, is allowed.
     *
     * @param stopId the stop
     * @param guest whose
     * @param field which
     * @param value the value; bits beyond the field's size must be 0
     */
    void writeVmcs(long stopId, ContextId.Guest guest, VmcsField field, long value);

    /**
     * Reads memory without any effect.
     *
     * @param stopId the stop
     * @param address where
     * @param length bytes, 0 to 16 MByte
     * @return the bytes, unreadable ones marked
     */
    MemoryBytes readMemory(long stopId, Address address, int length);

    /**
     * Writes memory, as a logged input. Either all bytes are written or, with an exception, none.
     *
     * @param stopId the stop
     * @param address where
     * @param bytes what
     */
    void writeMemory(long stopId, Address address, byte[] bytes);

    /**
     * Walks the tables for an address without any effect.
     *
     * @param stopId the stop
     * @param address a linear or guest-physical address
     * @param access for what access
     * @return the steps and the result
     */
    PageWalkReport walk(long stopId, Address address, AccessKind access);

    /**
     * Disassembles code.
     *
     * @param stopId the stop
     * @param address where the first instruction begins
     * @param count the most instructions
     * @return the instructions; fewer where memory cannot be read
     */
    List<InstructionText> disassemble(long stopId, Address address, int count);

    /**
     * A part of the exit log, which keeps a limited number of the last exits.
     *
     * @param from number of the first exit wanted
     * @param count the most records
     * @return records in order, from the first one kept on that is not before {@code from}
     */
    List<ExitRecord> exitLog(long from, int count);

    /**
     * Reads an address written by a person.
     *
     * @param stopId the stop, whose current context is the default
     * @param text the text, in the grammar of {@link org.exitpoint.debug.api.address.AddressGrammar}
     * @return the address
     */
    Address parseAddress(long stopId, String text);

    /**
     * Writes an address for a person.
     *
     * @param address the address
     * @return text that {@link #parseAddress} reads
     */
    String format(Address address);

    /** Ends the session and the machine. */
    @Override
    void close();
}
