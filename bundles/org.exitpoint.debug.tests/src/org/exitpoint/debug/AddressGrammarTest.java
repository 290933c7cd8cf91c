/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.exitpoint.debug.api.address.Address;
import org.exitpoint.debug.api.address.AddressGrammar;
import org.exitpoint.debug.api.context.ContextId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressGrammarTest {
    private final AddressGrammar grammar = new AddressGrammar(new TwoContexts(), new ContextId.Root(0));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0x1000                    | root0:0x1000
        1000                      | root0:0x1000
        ROOT0:1_0000              | root0:0x10000
        guest1:FFFF_8000_0000_0000 | guest1:0xffff800000000000
        guest1[cr3=0x5000]:10     | guest1[cr3=0x5000]:0x10
        gpa[guest1]:0             | gpa[guest1]:0x0
        hpa:fee00000              | hpa:0xfee00000
        iova[0:3.0]:1000          | iova[00:03.0]:0x1000
        iova[ff:1f.7,pasid=fffff]:1 | iova[ff:1f.7,pasid=fffff]:0x1
        """)
    void readsWhatPeopleWrite(String text, String canonical) {
        assertThat(grammar.format(grammar.parse(text))).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        root0:                  | "" is no hexadecimal number
        root0:xyz               | "xyz" is no hexadecimal number
        root0:-1                | "-1" is no hexadecimal number
        root0:1__0              | "1__0" is no hexadecimal number
        root0:0x                | "0x" is no hexadecimal number
        10000000000000000       | "10000000000000000" has more than 64 bits
        guest2:0                | there is no context "guest2"; did you mean guest1?
        gpa[root0]:0            | "root0" is no guest: its physical addresses are those of the machine, written hpa:
        gpa:0                   | there is no context "gpa"; there are root0, guest1
        gpa[guest1:0            | "gpa[guest1" is no address space
        guest1[cr3=]:0          | "" is no hexadecimal number
        iova[00:20.0]:0         | device 20 of a PCI bus is above 1f
        iova[00:03.8]:0         | is no address space
        iova[00:03.0,pasid=100000]:0 | PASID 100000 has more than 20 bits
        """)
    void saysWhatIsWrong(String text, String sentence) {
        assertThatThrownBy(() -> grammar.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence.strip());
    }

    @Test
    void addressesWrapAround() {
        Address last = grammar.parse("hpa:ffffffffffffffff");
        assertThat(last.plus(1)).isEqualTo(grammar.parse("hpa:0"));
    }
}
