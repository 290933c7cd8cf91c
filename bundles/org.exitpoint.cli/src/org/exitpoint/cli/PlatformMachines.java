/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli;

import java.util.List;
import org.exitpoint.cli.machine.Failure;
import org.exitpoint.cli.machine.MachineFactory;
import org.exitpoint.cli.machine.MachineRequest;
import org.exitpoint.debug.machine.PlatformMachine;
import org.exitpoint.debug.port.MachineControl;
import org.exitpoint.platform.EngineKind;
import org.exitpoint.platform.MachineConfiguration;
import org.exitpoint.platform.PcMachine;
import org.exitpoint.platform.image.ImageException;
import org.exitpoint.platform.lockstep.LockstepMachine;
import org.exitpoint.translate.Translator;

/** Makes machines of the platform. */
public final class PlatformMachines implements MachineFactory {
    @Override
    public MachineControl create(MachineRequest request) throws Failure {
        MachineConfiguration configuration = new MachineConfiguration(request.memoryBytes(), request.processors(),
                request.model(), kind(request.engine()), request.image(), request.arguments(), request.modules(),
                request.serial(), List.of());
        try {
            return request.engine() == MachineRequest.Engine.LOCKSTEP
                    ? PlatformMachine.of(new LockstepMachine(configuration))
                    : PlatformMachine.of(new PcMachine(configuration));
        } catch (ImageException e) {
            throw Failure.image(e.getMessage());
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw Failure.usage(e.getMessage());
        }
    }

    private static EngineKind kind(MachineRequest.Engine engine) {
        return switch (engine) {
            case INTERPRETER -> EngineKind.INTERPRETER;
            case AUTO -> Translator.isSupported() ? EngineKind.TRANSLATOR : EngineKind.INTERPRETER;
            case TRANSLATOR, LOCKSTEP -> EngineKind.TRANSLATOR;
        };
    }
}
