/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug.inspect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.exitpoint.debug.api.SessionException;
import org.exitpoint.debug.api.address.Address;
import org.exitpoint.debug.api.address.Space;
import org.exitpoint.debug.api.context.ContextId;
import org.exitpoint.debug.api.inspect.InstructionText;
import org.exitpoint.debug.api.inspect.MemoryBytes;
import org.exitpoint.isa.decode.Decoder;
import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.isa.text.Disassembler;

/** Reads and disassembles instructions of a context. Machine's thread only. */
public final class CodeReader {
    private final ContextInspector contexts;
    private final MemoryAccess memory;
    private final Decoder decoder = new Decoder();
    private final Disassembler disassembler = new Disassembler();

    /** A reader of instructions. */
    public CodeReader(ContextInspector contexts, MemoryAccess memory) {
        this.contexts = contexts;
        this.memory = memory;
    }

    /** The instruction that a context executes next, if it can be read. */
    public Optional<InstructionText> next(ContextId context) {
        return read(new Address(new Space.Linear(context), contexts.instructionPointer(context)));
    }

    /** The instruction at a linear address, if it can be read. */
    public Optional<InstructionText> read(Address address) {
        if (!(address.space() instanceof Space.Linear linear)) {
            throw new SessionException("code is at linear addresses, such as root0: or guest1:");
        }
        return decode(address, linear.context()).map(decoded -> decoded.text);
    }

    /** Instructions one after the other, as far as they can be read. */
    public List<InstructionText> read(Address address, int count) {
        List<InstructionText> code = new ArrayList<>();
        Address at = address;
        while (code.size() < count) {
            Optional<InstructionText> instruction = read(at);
            if (instruction.isEmpty()) {
                return code;
            }
            code.add(instruction.get());
            at = at.plus(instruction.get().length());
        }
        return code;
    }

    /** The instruction that a context executes next, decoded, if it can be read. */
    public Optional<Instruction> decodeNext(ContextId context) {
        return decode(new Address(new Space.Linear(context), contexts.instructionPointer(context)), context)
                .map(decoded -> decoded.instruction);
    }

    private record Decoded(Instruction instruction, InstructionText text) {
    }

    private Optional<Decoded> decode(Address address, ContextId context) {
        MemoryBytes bytes = memory.read(address, Decoder.MAX_LENGTH);
        ContextState state = contexts.state(context);
        byte[] code = bytes.bytes();
        Instruction instruction = decoder.decode(code, 0, bytes.readablePrefix(), state.codeMode(),
                state.stackWidth());
        if (instruction == null) {
            return Optional.empty();
        }
        long offset = address.offset() - state.codeAddress(0);
        String hex = HexFormat.of().formatHex(Arrays.copyOf(code, instruction.length()));
        return Optional.of(new Decoded(instruction,
                new InstructionText(address, hex, disassembler.text(instruction, offset))));
    }
}
