/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.tour;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code exitpoint demo}: the first stop as text, and the prompt. */
class DemoTest {
    @Test
    void theFirstStopIsShownAndEndsTheCommandWithoutTerminal() {
        CommandRun run = CommandRun.of("demo");
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualTo("tour: in VMX root operation, VMCS revision 0x45585031\nguest: instructions\n");
        assertThat(run.err()).startsWith("VM exit CPUID (reason 10) from guest1, processor 0, step ")
                .contains("\nContexts\n=> root0 ", "\n   `- guest1 ", "\nExit\n  reason         10 CPUID: ",
                        "  instruction    guest1:0x2000af  0f a2  cpuid\n", "\nGuest registers (guest1)\n",
                        "\nHost registers (root0)\n", "  GUEST_RIP ")
                .doesNotContain("exitpoint>", "\u001b");
        assertThat(run.err().lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void thePromptStepsLooksAroundAndEndsTheRun() {
        CommandRun run = CommandRun.typing("""
            step

            next CR_ACCESS
            walk guest1:0x2001c0
            memory gpa[guest1]:200000 10
            vmcs guest_rip
            registers guest1
            exits 1
            continue
            """, "demo");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("exitpoint> root0:0x1004da  ", "from guest1",
                "MOV to CR0 from RDX", "EPT PML4E", "hpa:0x2001c0, 4-KByte page",
                "gpa[guest1]:0x200000  e8 a5 00 00 00", "GUEST_RIP  0x2001c0  changed",
                "TSS (busy)", "CR_ACCESS:cr=0x0", "the guest ended it with status 1");
        assertThat(run.out()).endsWith("tour: 61 exits, 28 reasons, ok\n");
    }

    @Test
    void mistakesAtThePromptAreSaidInASentence() {
        CommandRun run = CommandRun.typing("""
            regsters
            c
            memory guest7:0
            memory
            walk hpa:0
            next CPUD
            delete 77
            break gpa[guest1]:0
            quit
            """, "demo");
        assertThat(run.status()).isZero();
        assertThat(run.err().lines().filter(line -> line.startsWith("exitpoint> "))).containsExactly(
                "exitpoint> there is no command \"regsters\"; did you mean registers?",
                "exitpoint> \"c\" could be continue or contexts or code",
                "exitpoint> there is no context \"guest7\"; did you mean guest1?",
                "exitpoint> write memory ADDRESS [LENGTH], such as memory guest1:0x401000 40",
                "exitpoint> host-physical addresses are not translated",
                "exitpoint> there is no exit reason \"CPUD\"; did you mean CPUID?",
                "exitpoint> there is no breakpoint 77",
                "exitpoint> breakpoints are at linear addresses, such as guest1:0x401000",
                "exitpoint> ");
    }

    @Test
    void endOfInputEndsThePrompt() {
        CommandRun run = CommandRun.typing("", "run", "demo:tour", "--break-on-exit", "HLT");
        assertThat(run.status()).isZero();
        assertThat(run.err()).contains("VM exit HLT (reason 12) from guest1").endsWith("exitpoint> \n");
    }
}
