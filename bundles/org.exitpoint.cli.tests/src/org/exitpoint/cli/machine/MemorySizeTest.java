/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemorySizeTest {
    @ParameterizedTest
    @CsvSource({"2M, 2097152", "512M, 536870912", "4g, 4294967296", "65536K, 67108864", "1T, 1099511627776",
        "16MiB, 16777216", "16MB, 16777216"})
    void sizes(String text, long bytes) throws Failure {
        assertThat(MemorySize.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "M", "512", "5.5G", "-2M", "2 M M", "2P", "0M", "1M", "2T", "4097K", "999999999999T",
        "9999999999999G"})
    void noSizes(String text) {
        assertThatThrownBy(() -> MemorySize.parse(text)).isInstanceOf(Failure.class)
                .hasMessageContaining(text);
    }
}
