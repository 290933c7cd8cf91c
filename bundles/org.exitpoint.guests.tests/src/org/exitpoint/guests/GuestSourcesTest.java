/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.guests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.exitpoint.arch.vmx.ExitReason;
import org.exitpoint.arch.vmx.VmcsField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The C headers of the tour and the tables of {@code arch} are written apart and must say the same. */
final class GuestSourcesTest {

    private static final Pattern DEFINITION = Pattern.compile("#define (\\w+) (\\w+)u?");

    record Definition(String name, int value) {
    }

    static Stream<Definition> fields() throws IOException {
        return definitions("vmcs_fields.h");
    }

    static Stream<Definition> reasons() throws IOException {
        return definitions("exit_reasons.h")
                .filter(definition -> !List.of("EXIT_REASONS", "EXIT_IS_ENTRY_FAILURE").contains(definition.name()));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void vmcsFieldHasTheEncodingOfTheTable(Definition field) {
        assertThat(VmcsField.valueOf(field.name()).encoding()).isEqualTo(field.value());
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void exitReasonHasTheNumberOfTheTable(Definition reason) {
        String name = reason.name().substring("EXIT_".length());
        assertThat(ExitReason.valueOf(name).number()).isEqualTo(reason.value());
    }

    private static Stream<Definition> definitions(String header) throws IOException {
        return Files.readAllLines(Repository.bundle().resolve("tour").resolve(header)).stream()
                .map(DEFINITION::matcher).filter(Matcher::matches)
                .map(m -> new Definition(m.group(1), Integer.parseUnsignedInt(
                        m.group(2).replaceFirst("^0x", "").replaceFirst("u$", ""),
                        m.group(2).startsWith("0x") ? 16 : 10)));
    }
}
