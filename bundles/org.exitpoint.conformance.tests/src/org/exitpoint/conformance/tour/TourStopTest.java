/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.tour;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.exitpoint.arch.vmx.VmcsField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stops of the tour as JSON, compared with the schema and with what the tour itself reads by VMREAD. */
class TourStopTest {
    private static JsonObject stop(CommandRun run) {
        assertThat(run.err().lines()).as(run.err()).hasSize(1);
        JsonObject stop = JsonParser.parseString(run.err()).getAsJsonObject();
        assertThat(Schema.problemsOfStop(stop)).isEmpty();
        return stop;
    }

    private static long hex(JsonObject object, String member) {
        return Long.parseUnsignedLong(object.get(member).getAsString().substring(2), 16);
    }

    @Test
    void aStopAtAnExitSaysAllThatTheHypervisorReads() {
        CommandRun whole = CommandRun.of("run", "demo:tour");
        TourLine printed = whole.exits().stream().filter(line -> line.name().equals("CPUID")).findFirst()
                .orElseThrow();
        CommandRun run = CommandRun.of("run", "demo:tour", "--break-on-exit", "CPUID", "--json");
        assertThat(run.status()).isEqualTo(126);
        assertThat(whole.out()).startsWith(run.out());
        JsonObject stop = stop(run);
        assertThat(stop.get("stop").getAsString()).isEqualTo("vm-exit");
        assertThat(stop.get("current").getAsString()).isEqualTo("root0");
        assertThat(stop.get("subject").getAsString()).isEqualTo("guest1");
        JsonObject exit = stop.getAsJsonObject("exit");
        assertThat(exit.get("number").getAsInt()).isEqualTo(10);
        assertThat(hex(exit, "rip")).isEqualTo(printed.value("rip").orElseThrow());
        JsonObject vmcs = stop.getAsJsonObject("vmcs");
        assertThat(vmcs.size()).isGreaterThan(100).isLessThanOrEqualTo(VmcsField.values().length);
        Map<String, String> read = Map.of("qual", "EXIT_QUALIFICATION", "rip", "GUEST_RIP", "len",
                "VM_EXIT_INSTRUCTION_LENGTH");
        Map<String, Long> fromTour = new HashMap<>();
        Map<String, Long> fromStop = new HashMap<>();
        read.forEach((key, field) -> {
            fromTour.put(field, printed.value(key).orElseThrow());
            fromStop.put(field, hex(vmcs, field));
        });
        assertThat(fromStop).isEqualTo(fromTour);
        assertThat(hex(vmcs, "EXIT_REASON")).isEqualTo(printed.number());
    }

    /** The processor stands where the VMCS says that the host goes on, and the guest where the VMCS says it was. */
    @Test
    void registersOfBothSidesAgreeWithTheVmcs() {
        JsonObject stop = stop(CommandRun.of("run", "demo:tour", "--break-on-exit", "CPUID", "--json"));
        JsonObject vmcs = stop.getAsJsonObject("vmcs");
        JsonObject host = stop.getAsJsonObject("registers").getAsJsonObject("root0");
        JsonObject guest = stop.getAsJsonObject("registers").getAsJsonObject("guest1");
        for (String register : List.of("RIP", "RSP", "CR0", "CR3", "CR4")) {
            assertThat(host.get(register)).as("host " + register).isEqualTo(vmcs.get("HOST_" + register));
            assertThat(guest.get(register)).as("guest " + register).isEqualTo(vmcs.get("GUEST_" + register));
        }
        assertThat(guest.get("RFLAGS")).isEqualTo(vmcs.get("GUEST_RFLAGS"));
        assertThat(guest.get("RAX")).as("general registers are still the guest's").isEqualTo(host.get("RAX"));
        assertThat(hex(guest, "RAX")).as("the leaf that the tour asks for").isEqualTo(0x4000_0000);
    }

    @Test
    void changedFieldsAreThoseThatTheExitWrote() {
        JsonObject stop = stop(CommandRun.of("run", "demo:tour", "--break-on-exit", "CPUID", "--json"));
        List<String> changed = stop.getAsJsonArray("changed").asList().stream().map(name -> name.getAsString())
                .toList();
        assertThat(changed).contains("EXIT_REASON", "GUEST_RIP", "VM_EXIT_INSTRUCTION_LENGTH")
                .doesNotContain("HOST_RIP", "GUEST_CR3", "EPT_POINTER");
    }

    @ParameterizedTest
    @CsvSource({"IO_INSTRUCTION:port=0x5a5, IO_INSTRUCTION, 0x5a50001", "CR_ACCESS:cr=4, CR_ACCESS, 0x104",
        "EPT_VIOLATION:gpa=0x80001000-0x80001fff, EPT_VIOLATION, 0x58a", "EXCEPTION_OR_NMI:vector=PF, "
                + "EXCEPTION_OR_NMI, 0xffff800000005008", "MOV_DR:dr=3, MOV_DR, 0xc03",
        "CPUID:leaf=0x40000000, CPUID, 0x0"})
    void filtersChooseTheExit(String filter, String reason, String qualification) {
        JsonObject stop = stop(CommandRun.of("run", "demo:tour", "--break-on-exit", filter, "--json"));
        JsonObject exit = stop.getAsJsonObject("exit");
        assertThat(exit.get("reason").getAsString()).isEqualTo(reason);
        assertThat(exit.get("qualification").getAsString()).isEqualTo(qualification);
    }

    @Test
    void aFilterThatMatchesNothingDoesNotStop() {
        CommandRun run = CommandRun.of("run", "demo:tour", "--break-on-exit", "CPUID:leaf=0x1234", "--json");
        assertThat(run.status()).isEqualTo(1);
        JsonObject stop = stop(run);
        assertThat(stop.get("stop").getAsString()).isEqualTo("guest-exit");
        assertThat(stop.get("status").getAsInt()).isEqualTo(1);
    }

    @Test
    void limitsAndEntryFailuresAreStopsToo() {
        JsonObject limit = stop(CommandRun.of("run", "demo:tour", "--max-steps", "100", "--json"));
        assertThat(limit.get("stop").getAsString()).isEqualTo("limit");
        assertThat(limit.get("steps").getAsInt()).isEqualTo(100);
        CommandRun run = CommandRun.of("run", "demo:tour", "--break-on-entry-failure", "--json");
        JsonObject failure = stop(run);
        assertThat(failure.get("stop").getAsString()).isEqualTo("entry-failure");
        assertThat(failure.getAsJsonObject("exit").get("number").getAsInt()).isEqualTo(33);
        assertThat(failure.getAsJsonArray("checks").get(0).getAsJsonObject().get("name").getAsString())
                .isEqualTo("GUEST_RFLAGS_RESERVED_BITS");
    }
}
