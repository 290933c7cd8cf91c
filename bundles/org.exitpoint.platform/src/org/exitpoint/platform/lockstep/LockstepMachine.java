/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.lockstep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.exitpoint.cpu.Processor;
import org.exitpoint.cpu.state.GuestState;
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
    /** The lengths of the runs after which both agreed. */
    private final List<Long> intervals = new ArrayList<>();
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
            long given = Math.min(left, INTERVAL);
            Stop stop = reference.run(given);
            long taken = reference.clock().steps() - before;
            Stop other = follow(stop, given, taken);
            Optional<String> difference = difference();
            if (difference.isPresent()) {
                return new Stop.Divergence(firstDifference(taken, difference.get()));
            }
            boolean sameStop = stop.getClass() == other.getClass() || other instanceof Stop.Limit;
            if (!sameStop) {
                return new Stop.Divergence("the interpreter's machine stops with %s and the translator's with %s"
                    .formatted(stop, other));
            }
            if (taken > 0) {
                intervals.add(taken);
            }
            left -= taken;
            if (!(stop instanceof Stop.Limit) || left <= 0) {
                return stop;
            }
        }
    }

    /** Has the subject do what the reference did. Time goes on after the last step of a machine that is idle. */
    private Stop follow(Stop stop, long given, long taken) {
        if (stop instanceof Stop.Idle) {
            return subject.run(given);
        }
        return taken == 0 ? stop : subject.run(taken);
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
     * Finds the first step after which there is a difference, by halving the last interval. Each attempt is a run of
     * fresh machines with the same intervals as before: what an engine has translated, and so an error in that, depends
     * on them.
     */
    private String firstDifference(long interval, String found) {
        long agreeing = 0;
        long differing = interval;
        String difference = found;
        while (differing - agreeing > 1) {
            long middle = agreeing + differing >>> 1;
            Optional<String> there = differenceAfter(middle);
            if (there.isPresent()) {
                differing = middle;
                difference = there.get();
            } else {
                agreeing = middle;
            }
        }
        long step = intervals.stream().mapToLong(Long::longValue).sum() + differing;
        return "%s after step %d%s".formatted(difference, step, instructionAfter(agreeing));
    }

    private Optional<String> differenceAfter(long steps) {
        return again(steps, LockstepMachine::difference).orElse(Optional.empty());
    }

    private String instructionAfter(long steps) {
        return again(steps, machine -> {
            Processor processor = machine.processors().get(machine.currentProcessor());
            return ", at CS:RIP 0x%x:0x%x".formatted(processor.state().selector(GuestState.CS),
                processor.state().rip());
        }).orElse("");
    }

    /** What is asked of fresh machines that have run as this one did, and some steps more. */
    private <T> Optional<T> again(long steps, Function<LockstepMachine, T> question) {
        try (LockstepMachine other = new LockstepMachine(configuration.with(configuration.engine(), value -> { }),
            preparation)) {
            for (long interval : intervals) {
                other.reference.run(interval);
                other.subject.run(interval);
            }
            if (steps > 0) {
                other.reference.run(steps);
                other.subject.run(steps);
            }
            return Optional.of(question.apply(other));
        } catch (ImageException e) {
            return Optional.empty();
        }
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
