/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.exitpoint.debug.machine.PlatformMachine;
import org.exitpoint.platform.EngineKind;
import org.exitpoint.platform.MachineConfiguration;
import org.exitpoint.platform.PcMachine;
import org.exitpoint.platform.image.ImageException;
import org.exitpoint.platform.image.ImageFile;

/** Machines that run a few instructions of 32-bit code. */
final class CodeMachine {
    /** Where the code begins. */
    static final int START = 0x10_0020;

    private static final int HEADER_BYTES = 32;
    private static final int MAGIC = 0x1bad_b002;
    private static final int HAS_ADDRESSES = 1 << 16;
    private static final long MEMORY = 4 << 20;

    private CodeMachine() {
    }

    /** A machine whose code is given as hexadecimal digits with spaces. */
    static PcMachine of(String hex, EngineKind engine) {
        byte[] code = HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
        int base = START - HEADER_BYTES;
        ByteBuffer image = ByteBuffer.allocate(HEADER_BYTES + code.length).order(ByteOrder.LITTLE_ENDIAN);
        image.putInt(MAGIC).putInt(HAS_ADDRESSES).putInt(-MAGIC - HAS_ADDRESSES).putInt(base).putInt(base).putInt(0)
                .putInt(0).putInt(START).put(code);
        try {
            return new PcMachine(new MachineConfiguration(MEMORY, 1, "max", engine,
                    new ImageFile("code", "code", image.array()), "", List.of(), value -> { }, List.of()));
        } catch (ImageException e) {
            throw new AssertionError(e);
        }
    }

    /** A session with such a machine. */
    static LocalSession session(String hex) {
        return new LocalSession(PlatformMachine.of(of(hex, EngineKind.INTERPRETER)), Optional.empty());
    }
}
