/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.lockstep;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

import org.exitpoint.cpu.Processor;
import org.exitpoint.machine.Bus;
import org.exitpoint.machine.Clock;
import org.exitpoint.machine.HostInput;
import org.exitpoint.machine.Machine;
import org.exitpoint.machine.PhysicalMemory;
import org.exitpoint.machine.Stop;
import org.exitpoint.platform.EngineKind;
import org.exitpoint.platform.MachineConfiguration;
import org.exitpoint.platform.PcMachine;
import org.exitpoint.platform.image.ImageException;

/**
 * Two complete machines, one on each engine, run in turns and compared at equal steps: state, written pages,
 * translation caches, serial output and reason to stop. The first difference stops the run.
 *
 * <p>Everything one asks of a machine is answered by the one with the interpreter. Errors in what both engines share,
 * rows and helpers, cannot be seen this way.
 */
public final class LockstepMachine implements Machine {
    /** Steps between two comparisons. */
    private static final long INTERVAL = 20_000;

    private final MachineConfiguration configuration;
    private final BiConsumer<EngineKind, PcMachine> preparation;
    private final PcMachine reference;
    private final PcMachine subject;
    private final SerialRecord referenceSerial;
    private final SerialRecord subjectSerial = new SerialRecord(value -> { });

    /** Makes both machines and loads them. */
    public LockstepMachine(MachineConfiguration configuration) throws ImageException {
        this(configuration, (kind, machine) -> { });
    }

    /**
     * Makes both machines and loads them.
     *
     * @param preparation done to each machine before it runs, with the engine it has; machines are made anew to find
     *        the first difference
     */
    public LockstepMachine(MachineConfiguration configuration, BiConsumer<EngineKind, PcMachine> preparation)
            throws ImageException {
        this.configuration = configuration;
        this.preparation = preparation;
        referenceSerial = new SerialRecord(configuration.serial());
        reference = new PcMachine(configuration.with(EngineKind.INTERPRETER, referenceSerial));
        subject = new PcMachine(configuration.with(EngineKind.TRANSLATOR, subjectSerial));
        preparation.accept(EngineKind.INTERPRETER, reference);
        preparation.accept(EngineKind.TRANSLATOR, subject);
        reference.memory().clearDirty();
        subject.memory().clearDirty();
    }

    /** The machine with the interpreter. */
    public PcMachine reference() {
        return reference;
    }

    /** The machine with the translator. */
    public PcMachine subject() {
        return subject;
    }

    @Override
    public Stop run(long steps) {
        long left = steps;
        while (true) {
            long before = reference.clock().steps();
            Stop stop = reference.run(Math.min(left, INTERVAL));
            long taken = reference.clock().steps() - before;
            Stop other = taken == 0 ? stop : subject.run(taken);
            Optional<String> difference = difference();
            if (difference.isPresent()) {
                return new Stop.Divergence(firstDifference(before, difference.get()));
            }
            boolean sameStop = stop.getClass() == other.getClass() || other instanceof Stop.Limit;
            if (!sameStop) {
                return new Stop.Divergence("the interpreter's machine stops with %s and the translator's with %s"
                    .formatted(stop, other));
            }
            left -= taken;
            if (!(stop instanceof Stop.Limit) || left <= 0) {
                return stop;
            }
        }
    }

    private Optional<String> difference() {
        if (reference.clock().steps() != subject.clock().steps()) {
            return Optional.of("the interpreter took %d steps and the translator %d"
                .formatted(reference.clock().steps(), subject.clock().steps()));
        }
        for (int i = 0; i < reference.processors().size(); i++) {
            Optional<String> found =
                StateComparison.processors(reference.processors().get(i), subject.processors().get(i));
            if (found.isPresent()) {
                return found;
            }
        }
        Optional<String> memory = StateComparison.memories(reference.memory(), subject.memory());
        reference.memory().clearDirty();
        subject.memory().clearDirty();
        return memory.isPresent() ? memory : referenceSerial.difference(subjectSerial);
    }

    /**
     * Runs two fresh machines to where the last comparison found no difference, and from there in ever smaller
     * intervals to the first step after which there is one.
     */
    private String firstDifference(long agreed, String found) {
        try (LockstepMachine again = new LockstepMachine(configuration.with(configuration.engine(), value -> { }),
            preparation)) {
            return again.narrow(agreed).orElse(found + " (after step " + reference.clock().steps() + ")");
        } catch (ImageException e) {
            return found;
        }
    }

    private Optional<String> narrow(long agreed) {
        if (agreed > 0) {
            reference.run(agreed);
            subject.run(agreed);
        }
        for (long i = 0; i < INTERVAL; i++) {
            long rip = reference.processors().get(reference.currentProcessor()).state().rip();
            reference.run(1);
            subject.run(1);
            Optional<String> difference = difference();
            if (difference.isPresent()) {
                return Optional.of("%s after step %d, at RIP 0x%x".formatted(difference.get(),
                    reference.clock().steps(), rip));
            }
        }
        return Optional.empty();
    }

    @Override
    public void pause() {
        reference.pause();
    }

    @Override
    public void requestStop(Stop stop) {
        reference.requestStop(stop);
    }

    @Override
    public List<Processor> processors() {
        return reference.processors();
    }

    @Override
    public int currentProcessor() {
        return reference.currentProcessor();
    }

    @Override
    public PhysicalMemory memory() {
        return reference.memory();
    }

    @Override
    public Bus bus() {
        return reference.bus();
    }

    @Override
    public Clock clock() {
        return reference.clock();
    }

    @Override
    public HostInput input() {
        return reference.input();
    }

    @Override
    public void close() {
        reference.close();
        subject.close();
    }
}
