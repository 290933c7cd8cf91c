/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.lower;

import java.util.ArrayList;
import java.util.List;

import org.exitpoint.isa.ops.Width;
import org.exitpoint.translate.emit.Alu;
import org.exitpoint.translate.emit.HostAddress;
import org.exitpoint.translate.emit.HostAssembler;
import org.exitpoint.translate.emit.Label;

/** The cold ends of a region: each loads the number of its exit and goes to the code that leaves for Java. */
public final class ExitStubs {
    private static final int NO_TAG = -1;

    private final HostAssembler asm;
    private final Exits exits;
    private final Label leaving;
    private final List<Stub> stubs = new ArrayList<>();

    private record Stub(Label label, Exit exit, int tagOffset) {
    }

    /** Stubs that go on to {@code leaving} with the exit's number in {@link RegisterMap#SCRATCH}. */
    public ExitStubs(HostAssembler asm, Exits exits, Label leaving) {
        this.asm = asm;
        this.exits = exits;
        this.leaving = leaving;
    }

    /** A label for an exit. */
    public Label stub(Exit exit) {
        return add(exit, NO_TAG);
    }

    /**
     * A label for an exit because of an access: there the first scratch register has the linear address, exclusive or
     * the tag at an offset in the TLB entry that the second has the address of.
     */
    Label miss(Exit exit, int tagOffset) {
        return add(exit, tagOffset);
    }

    private Label add(Exit exit, int tagOffset) {
        Stub stub = new Stub(new Label(), exit, tagOffset);
        stubs.add(stub);
        return stub.label();
    }

    /** Emits the stubs asked for since this was last called. */
    public void emit() {
        for (Stub stub : stubs) {
            asm.bind(stub.label());
            if (stub.tagOffset() != NO_TAG) {
                asm.alu(Alu.XOR, Width.I64, RegisterMap.SCRATCH,
                    HostAddress.at(RegisterMap.SCRATCH2, stub.tagOffset()));
                asm.mov(Width.I64, RegisterMap.state(Scratch.ACCESS_ADDRESS), RegisterMap.SCRATCH);
            }
            asm.mov(RegisterMap.SCRATCH, exits.number(stub.exit()));
            asm.jump(leaving);
        }
        stubs.clear();
    }
}
