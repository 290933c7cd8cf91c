/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cpu.engine;

/**
 * Executes a processor's instructions on its state in place. Each engine belongs to one processor; two engines may take
 * turns on it at any instruction boundary without the guest noticing. The machine's thread only.
 */
public interface Engine {
    /**
     * Executes instructions from the state's instruction pointer on, taking one from
     * {@link org.exitpoint.cpu.state.GuestState#BUDGET} for each that retires and for each iteration of a repeated one.
     *
     * <p>Returns at an instruction boundary: with the budget at 0, or earlier when after an instruction
     * {@link org.exitpoint.cpu.state.GuestState#wantsBoundary()} holds, or when it caused a VM exit (which has taken
     * one from the budget). A fault comes out as an {@link org.exitpoint.cpu.interruption.Interruption} with
     * the state as before the instruction and nothing taken from the budget for it.
     */
    void execute();

    /** Forgets what was made of code in {@code [address, address + bytes)} of physical memory, within one page. */
    void invalidate(long address, int bytes);

    /** Forgets all that was decoded or translated. The guest cannot tell. */
    void flush();

    /** What the engine counted since it was made. */
    Statistics statistics();

    /**
     * What an engine counted.
     *
     * @param retired steps it took from the budget
     * @param handedOver of these, steps of single instructions that it gave to engine 0
     * @param blocks blocks or regions it made
     * @param bytes bytes of host code it holds, 0 for the interpreter
     */
    record Statistics(long retired, long handedOver, long blocks, long bytes) {
    }
}
