/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.region;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import org.exitpoint.isa.decode.Decoder;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.shape.CodeMode;
import org.exitpoint.translate.emit.CodeBuffer;
import org.exitpoint.translate.emit.HostAssembler;
import org.exitpoint.translate.emit.Label;
import org.exitpoint.translate.lower.Exit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a region is made of, and where it can be entered. */
class RegionCompilerTest {
    private static final long PAGE = 0x40_0000;

    private final CodeBuffer buffer = new CodeBuffer(1 << 20);
    private final byte[] page = new byte[4096];
    private final List<Exit> exits = new ArrayList<>();

    @AfterEach
    void free() {
        buffer.close();
    }

    private void code(int position, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        System.arraycopy(bytes, 0, page, position, bytes.length);
    }

    private Region compile(int position) {
        HostAssembler asm = new HostAssembler(buffer);
        Label leaving = new Label();
        asm.bind(leaving);
        CodePage codePage = new CodePage(PAGE, page, CodeMode.BITS64, Width.I64);
        return RegionCompiler.compile(asm, this::number, leaving, codePage, new Decoder(), PAGE + position);
    }

    private int number(Exit exit) {
        exits.add(exit);
        return exits.size() - 1;
    }

    private List<Exit> exits(Exit.Reason reason) {
        return exits.stream().filter(exit -> exit.reason() == reason).toList();
    }

    @Test
    void canBeEnteredAtItsStartAfterCallsAndAfterTheInterpretersInstructions() {
        code(0, "48 FF C0  E8 0A 00 00 00  0F A2  48 FF C8  F4");
        code(0x12, "C3");
        assertThat(compile(0).entries().keySet()).containsExactlyInAnyOrder(0, 8, 10, 14);
    }

    @Test
    void handsOverWhatHasHelpers() {
        code(0, "48 FF C0 0F A2 EB F9");
        assertThat(compile(0).instructions()).isEqualTo(2);
        assertThat(exits(Exit.Reason.HAND_OVER)).isNotEmpty().allSatisfy(exit -> {
            assertThat(exit.offset()).isEqualTo(PAGE + 3);
            assertThat(exit.instruction().shape().key().row().mnemonic()).isEqualTo("CPUID");
            assertThat(exit.giveBack()).isZero();
        });
    }

    @Test
    void isMadeOfTheInterpretersInstructionsToo() {
        code(0x7F, "CD 80");
        assertThat(compile(0x7F).granules()).isEqualTo(0b110);
    }

    @Test
    void leavesThroughTheJumpCacheForOtherPages() {
        code(0, "0F 84 FA 0F 00 00  E9 F5 1F 00 00");
        compile(0);
        assertThat(exits(Exit.Reason.LOOK_UP)).extracting(Exit::offset)
            .containsExactlyInAnyOrder(PAGE + 0x1000, PAGE + 0x2000);
    }

    @Test
    void doesNotContainAnInstructionThatGoesBeyondThePage() {
        code(0xFFD, "48 FF C0");
        code(0xFFA, "48 FF C0");
        compile(0xFFA);
        assertThat(exits(Exit.Reason.LOOK_UP)).extracting(Exit::offset).containsExactly(PAGE + 0x1000);
        code(0xFFE, "48 B8");
        assertThat(compile(0xFFE)).isNull();
    }

    @Test
    void isNoLongerThanAHundredInstructions() {
        Arrays.fill(page, 0, 1200, (byte) 0x90);
        Region region = compile(0);
        assertThat(region.instructions()).isEqualTo(100);
        assertThat(exits(Exit.Reason.LOOK_UP)).extracting(Exit::offset).containsExactly(PAGE + 100);
    }

    @Test
    void givesBackWhatABlockDidNotExecute() {
        code(0, "48 FF C0  48 8B 03  48 FF C0  48 89 03  C3");
        compile(0);
        assertThat(exits(Exit.Reason.BUDGET)).extracting(Exit::giveBack).containsExactly(5);
        assertThat(exits(Exit.Reason.TLB_MISS)).extracting(Exit::giveBack).containsExactly(4, 2, 1);
        assertThat(exits(Exit.Reason.TLB_MISS)).extracting(Exit::write).containsExactly(false, true, false);
    }
}
