/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.behaviour;

import java.util.List;

import org.exitpoint.cpu.engine.Engine;
import org.exitpoint.machine.Machine;
import org.exitpoint.platform.EngineKind;
import org.exitpoint.platform.MachineConfiguration;
import org.exitpoint.platform.PcMachine;
import org.exitpoint.platform.image.ImageException;
import org.exitpoint.platform.image.ImageFile;
import org.exitpoint.platform.lockstep.LockstepMachine;
import org.exitpoint.translate.Translator;

/** What the suite is run on. */
public enum EngineUnderTest {
    /** Engine 0. */
    INTERPRETER,
    /** Engine 1, which translates what it comes to the first time. */
    TRANSLATOR,
    /** Both side by side. */
    LOCKSTEP;

    private static final String MODEL = "max";

    /** A machine of one processor with an image; throws {@link IllegalArgumentException} if that cannot be loaded. */
    public Machine machine(byte[] image, long memoryBytes) {
        EngineKind kind = this == INTERPRETER ? EngineKind.INTERPRETER : EngineKind.TRANSLATOR;
        MachineConfiguration configuration = new MachineConfiguration(memoryBytes, 1, MODEL, kind,
            new ImageFile("guest", "guest", image), "", List.of(), _ -> { }, List.of());
        try {
            if (this == LOCKSTEP) {
                return new LockstepMachine(configuration, (_, machine) -> translateAtOnce(machine));
            }
            PcMachine machine = new PcMachine(configuration);
            translateAtOnce(machine);
            return machine;
        } catch (ImageException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Has the machine's translators, if it has any, translate code when they come to it the first time. */
    public static void translateAtOnce(PcMachine machine) {
        for (int i = 0; i < machine.processors().size(); i++) {
            for (Engine engine : machine.engines(i)) {
                if (engine instanceof Translator translator) {
                    translator.translateAfter(0);
                }
            }
        }
    }
}
