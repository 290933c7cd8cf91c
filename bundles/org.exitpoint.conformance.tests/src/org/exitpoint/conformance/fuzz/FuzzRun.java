/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.fuzz;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;

import org.exitpoint.conformance.behaviour.EngineUnderTest;
import org.exitpoint.conformance.behaviour.GuestImage;
import org.exitpoint.machine.Machine;
import org.exitpoint.machine.Stop;
import org.exitpoint.platform.EngineKind;
import org.exitpoint.platform.MachineConfiguration;
import org.exitpoint.platform.PcMachine;
import org.exitpoint.platform.image.ImageException;
import org.exitpoint.platform.image.ImageFile;
import org.exitpoint.platform.lockstep.LockstepMachine;

/** Runs random guests in lock-step and keeps count. */
final class FuzzRun {
    private static final byte[] IMAGE = new GuestImage().file(GuestImage.AFTER_HEADER);
    private static final int SLICES = 40;

    private final ObjLongConsumer<PcMachine> guests;
    private final Map<String, Integer> ends = new TreeMap<>();
    private long steps;

    /** Runs guests that this puts into fresh machines by their seed. */
    FuzzRun(ObjLongConsumer<PcMachine> guests) {
        this.guests = guests;
    }

    /** Steps of all guests so far, on each of both engines. */
    long steps() {
        return steps;
    }

    /** How the guests ended, and how many of them. */
    Map<String, Integer> ends() {
        return ends;
    }

    /**
     * Runs one guest for at most a number of steps.
     *
     * @throws AssertionError that names the seed if anything is wrong
     */
    void guest(long seed, long most) {
        try (LockstepMachine machine = new LockstepMachine(configuration(), (kind, pc) -> prepare(seed, kind, pc))) {
            run(machine, new SplittableRandom(seed ^ most), most);
        } catch (ImageException e) {
            throw new IllegalStateException(e);
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            throw new AssertionError("random guest 0x%x: %s".formatted(seed, e), e);
        }
    }

    private void prepare(long seed, EngineKind kind, PcMachine machine) {
        guests.accept(machine, seed);
        if (kind == EngineKind.TRANSLATOR && (seed & 1) == 0) {
            EngineUnderTest.translateAtOnce(machine);
        }
    }

    private static MachineConfiguration configuration() {
        return new MachineConfiguration(FuzzLayout.MEMORY, 1, "max", EngineKind.TRANSLATOR,
            new ImageFile("guest", "guest", IMAGE), "", List.of(), _ -> { }, List.of());
    }

    private void run(Machine machine, SplittableRandom random, long most) {
        long left = most;
        int slices = SLICES;
        while (left > 0) {
            long slice = slices-- > 0 ? Math.min(left, random.nextInt(1, 100)) : left;
            long before = machine.clock().steps();
            Stop stop = machine.run(slice);
            long taken = machine.clock().steps() - before;
            steps += taken;
            left -= taken;
            check(stop, taken, slice);
            if (!goesOn(stop)) {
                ends.merge(name(stop), 1, Integer::sum);
                machine.run(1);
                return;
            }
        }
        ends.merge("Limit", 1, Integer::sum);
    }

    private static String name(Stop stop) {
        return stop instanceof Stop.NotImplemented what ? "NotImplemented " + what.what()
            : stop.getClass().getSimpleName();
    }

    private static boolean goesOn(Stop stop) {
        return stop instanceof Stop.Limit || stop instanceof Stop.GuestExit || stop instanceof Stop.PowerOff;
    }

    private static void check(Stop stop, long taken, long slice) {
        if (stop instanceof Stop.Divergence(String difference)) {
            throw new AssertionError(difference);
        }
        if (taken > slice || stop instanceof Stop.Limit && taken != slice) {
            throw new AssertionError("%d steps instead of %d, then %s".formatted(taken, slice, stop));
        }
    }
}
