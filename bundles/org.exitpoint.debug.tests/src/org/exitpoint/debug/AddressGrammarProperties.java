/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.exitpoint.debug.api.address.Address;
import org.exitpoint.debug.api.address.AddressGrammar;
import org.exitpoint.debug.api.address.Space;
import org.exitpoint.debug.api.context.ContextId;

class AddressGrammarProperties {
    private final AddressGrammar grammar = new AddressGrammar(new TwoContexts(), TwoContexts.GUEST);

    @Provide
    Arbitrary<Space> spaces() {
        Arbitrary<ContextId> contexts = Arbitraries.of(new ContextId.Root(0), TwoContexts.GUEST);
        Arbitrary<Space> linear = contexts.map(Space.Linear::new);
        Arbitrary<Space> process = contexts.flatMap(context -> Arbitraries.longs()
                .map(cr3 -> new Space.Linear(context, OptionalLong.of(cr3))));
        Arbitrary<Space> io = Arbitraries.integers().between(0, 0xffff)
                .flatMap(bdf -> Arbitraries.integers().between(-1, 0xf_ffff).map(pasid -> new Space.Io(bdf,
                        pasid < 0 ? OptionalInt.empty() : OptionalInt.of(pasid))));
        return Arbitraries.oneOf(linear, process, io,
                Arbitraries.of(new Space.GuestPhysical(TwoContexts.GUEST), new Space.HostPhysical()));
    }

    @Property(seed = "20250101")
    void whatIsWrittenIsReadBack(@ForAll("spaces") Space space, @ForAll long offset) {
        Address address = new Address(space, offset);
        assertThat(grammar.parse(grammar.format(address))).isEqualTo(address);
        assertThat(grammar.parse(grammar.format(address).toUpperCase(Locale.ROOT))).isEqualTo(address);
    }

    @Property(seed = "20250102")
    void anyOtherTextIsRefusedInASentence(@ForAll String text) {
        try {
            Address address = grammar.parse(text);
            assertThat(grammar.parse(grammar.format(address))).isEqualTo(address);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
