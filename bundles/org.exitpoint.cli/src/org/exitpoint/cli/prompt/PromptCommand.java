/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli.prompt;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.exitpoint.arch.NearestName;

/** What can be typed at the prompt. Any beginning that only one command has is enough. */
enum PromptCommand {
    STEP("", "one instruction, into VM entries and out of VM exits"),
    OVER("", "one instruction of this context, calls and handled exits included"),
    FINISH("", "to the end of this procedure; in a guest to its next VM exit"),
    CONTINUE("", "to the end, or the next breakpoint"),
    NEXT("[SPEC]", "to the next VM exit, or the next such as CPUID or EPT_VIOLATION:gpa=0x1000-0x1fff"),
    ENTRY("", "to the next VM entry"),
    BREAK("ADDRESS", "a breakpoint, such as guest1:0x401000"),
    DELETE("NUMBER", "remove a breakpoint"),
    WHERE("", "show this stop again"),
    CONTEXTS("", "the tree of contexts"),
    REGISTERS("[CONTEXT]", "all registers, of this context or of root0, guest1, ..."),
    VMCS("[PATTERN]", "VMCS fields whose name or group contains the pattern"),
    MEMORY("ADDRESS [LENGTH]", "bytes at root0:, guest1:, gpa[guest1]: or hpa: and a hexadecimal number"),
    CODE("[ADDRESS]", "disassembled instructions"),
    WALK("ADDRESS", "the page walk of an address, in both dimensions"),
    EXITS("[COUNT]", "the last VM exits"),
    HELP("", "this list"),
    QUIT("", "end");

    private final String arguments;
    private final String meaning;

    PromptCommand(String arguments, String meaning) {
        this.arguments = arguments;
        this.meaning = meaning;
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The command and its arguments, as help shows them. */
    String usage() {
        return arguments.isEmpty() ? word() : word() + " " + arguments;
    }

    /** What it does. */
    String meaning() {
        return meaning;
    }

    /** Whether an empty line repeats it. */
    boolean isRepeated() {
        return switch (this) {
            case STEP, OVER, NEXT, ENTRY, CONTINUE -> true;
            default -> false;
        };
    }

    /**
     * Finds a command by a beginning of its name.
     *
     * @throws IllegalArgumentException with a sentence if there is none, or more than one
     */
    static PromptCommand find(String typed) {
        String start = typed.toLowerCase(Locale.ROOT);
        List<PromptCommand> found = Arrays.stream(values()).filter(command -> command.word().startsWith(start))
                .toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (found.isEmpty()) {
            List<String> words = Arrays.stream(values()).map(PromptCommand::word).toList();
            throw new IllegalArgumentException("there is no command \"" + typed + "\"" + NearestName.of(typed, words)
                    .map(near -> "; did you mean " + near + "?").orElse("; help lists them"));
        }
        throw new IllegalArgumentException("\"" + typed + "\" could be "
                + found.stream().map(PromptCommand::word).collect(Collectors.joining(" or ")));
    }
}
