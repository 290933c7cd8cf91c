/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PromptCommandTest {
    @ParameterizedTest
    @EnumSource
    void everyUniqueBeginningIsEnough(PromptCommand command) {
        String word = command.name().toLowerCase(Locale.ROOT);
        for (int length = 1; length <= word.length(); length++) {
            String start = word.substring(0, length);
            long others = Arrays.stream(PromptCommand.values())
                    .filter(other -> other.name().toLowerCase(Locale.ROOT).startsWith(start)).count();
            if (others == 1) {
                assertThat(PromptCommand.find(start)).isEqualTo(command);
            } else {
                assertThatThrownBy(() -> PromptCommand.find(start)).hasMessageStartingWith("\"" + start
                        + "\" could be ");
            }
        }
    }

    @Test
    void theNearestCommandIsSuggested() {
        assertThatThrownBy(() -> PromptCommand.find("regsters"))
                .hasMessage("there is no command \"regsters\"; did you mean registers?");
    }
}
