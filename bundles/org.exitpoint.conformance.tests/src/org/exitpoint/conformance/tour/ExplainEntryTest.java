/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.tour;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.exitpoint.guests.SampleGuests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why each case of the broken tour fails VM entry. */
class ExplainEntryTest {
    private static final List<String> CASES = List.of("host-cr4", "pin-controls", "guest-cs-ar", "guest-rflags",
            "ept-pointer");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        pin-controls | 7  | PIN_BASED_RESERVED_BITS
        host-cr4     | 8  | HOST_CR4_FIXED_BITS
        guest-cs-ar  | 33 | GUEST_CS_DEFAULT_SIZE
        guest-rflags | 33 | GUEST_RFLAGS_RESERVED_BITS
        ept-pointer  | 7  | VPID_ZERO, EPTP_MEMORY_TYPE, EPTP_PAGE_WALK_LENGTH, EPTP_RESERVED_BITS
        """)
    void exactlyTheChecksThatTheCaseBreaks(String name, int number, String checks) {
        CommandRun run = CommandRun.of("explain-entry", "demo:tour-broken", "--append", name, "--json");
        assertThat(run.status()).isZero();
        JsonObject stop = JsonParser.parseString(run.err()).getAsJsonObject();
        assertThat(Schema.problemsOfStop(stop)).isEmpty();
        assertThat(stop.getAsJsonArray("checks").asList()).extracting(ExplainEntryTest::name)
                .containsExactly(checks.split(", "));
        int consequence = stop.has("exit") ? stop.getAsJsonObject("exit").get("number").getAsInt()
                : stop.get("instructionError").getAsInt();
        assertThat(consequence).isEqualTo(number);
    }

    private static String name(JsonElement check) {
        return check.getAsJsonObject().get("name").getAsString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        host-cr4     | HOST_CR4_FIXED_BITS | Checks on Host Control Registers, MSRs, and SSP | HOST_CR4 = 0x20 (PAE)
        guest-rflags | GUEST_RFLAGS_RESERVED_BITS | Checks on Guest RIP, RFLAGS, and SSP | GUEST_RFLAGS = 0x8002
        guest-cs-ar  | GUEST_CS_DEFAULT_SIZE | Checks on Guest Segment Registers | GUEST_CS_ACCESS_RIGHTS = 0xe09b
        """)
    void theTextNamesCheckSectionFieldsAndRemedy(String name, String check, String section, String field) {
        CommandRun run = CommandRun.of("explain-entry", "demo:tour-broken", "--append", name);
        assertThat(run.err()).contains("\n  " + check + "\n", "\"" + section + "\"", field, "  rule  ", "  remedy  ");
        assertThat(run.err().lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void theCasesAreThoseOfTheSample() {
        assertThat(SampleGuests.find("tour-broken").orElseThrow().cases()).containsExactlyElementsOf(CASES);
    }

    @Test
    void aHypervisorWithoutFailuresEndsAsItDoes() {
        CommandRun run = CommandRun.of("explain-entry", "demo:registers", "--append", "1");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("exitpoint: no VM entry failed; the guest ended the run\n");
    }
}
