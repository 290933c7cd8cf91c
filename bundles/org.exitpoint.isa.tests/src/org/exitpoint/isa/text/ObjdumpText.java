/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.isa.text;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.exitpoint.isa.decode.EncodingSamples.Sample;
import org.exitpoint.isa.ops.Width;
import org.exitpoint.isa.row.Operand;
import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.isa.shape.ShapeKey;

/** Where two disassemblers write the same differently, and where binutils is of another opinion. */
final class ObjdumpText {
    private static final Pattern PREFIX = Pattern.compile(
        "^(?:(?:addr\\d\\d|data\\d\\d) )*((?:lock|repn?z?) )?((data16|data32|addr16|addr32|rex(\\.[WRXB]+)?|"
            + "[c-gs]s|bnd|notrack|xacquire|xrelease) )+(?=\\w)");
    private static final Pattern REPEAT = Pattern.compile("^(data16 |addr32 )*(rep|repz|repnz) ");
    private static final Pattern SIZED = Pattern.compile(
        "^(push|pop|pusha|popa|pushf|popf|ret|retf|iret|jmp|call|lgdt|lidt|sgdt|sidt|"
            + "enter|leave|sysret|sysexit)[wdq]\\b");
    private static final Pattern IP_DISPLACEMENT = Pattern.compile("\\[([re]ip)\\+0x([0-9a-f]+)\\]");
    private static final Pattern NO_INDEX = Pattern.compile("([c-gs]s:)?\\[[re]iz\\*\\d([+-])0x([0-9a-f]+)\\]");
    private static final Pattern LAST_NUMBER = Pattern.compile("0x([0-9a-f]+)$");
    /**
     * Rows whose operands binutils sizes by a 66 prefix that processors ignore there, or that it knows newer names for.
     */
    private static final Set<String> OTHER_OPINION = Set.of("UD0", "UD1", "SALC", "RDFSBASE", "RDGSBASE", "WRFSBASE",
        "WRGSBASE");

    /** Rows that have encodings which binutils thinks invalid: fences with any ModRM rm, WBINVD with a 66 prefix. */
    private static final Set<String> MORE_FORMS = Set.of("LFENCE", "MFENCE", "SFENCE", "WBINVD");

    private ObjdumpText() {
    }

    /** What is not implemented has no operands here, so only lengths are compared, and of its plain samples only. */
    static boolean isLeftOut(Sample sample) {
        return !sample.row().implemented() && sample.bytes()[0] == 0x67;
    }

    /**
     * Whether binutils is known to see it otherwise: it wants VEX.W and register forms as they make sense for what is
     * not implemented here, knows hints by the names of extensions that give them one, lets 66 win over REX.W in
     * MOVSXD, and gives up on REX before WAIT.
     */
    static boolean isOtherOpinion(Instruction instruction, String theirs) {
        ShapeKey key = instruction.shape().key();
        String mnemonic = key.row().mnemonic();
        return !key.row().implemented() && theirs.contains("(bad)")
            || mnemonic.equals("NOP") && theirs.matches(".*\\b(xchg|bnd\\w+|prefetch\\w*|cldemote|rdssp\\w)\\b.*")
            || MORE_FORMS.contains(mnemonic) && theirs.contains("(bad)") || theirs.matches("(data16 )?rex(\\.\\w)?")
            || mnemonic.equals("MOVSXD") && key.operandWidth() == Width.I64 || OTHER_OPINION.contains(mnemonic);
    }

    static String ours(Instruction instruction, String text) {
        return common(instruction, text.replaceAll(" # .*", ""));
    }

    static String theirs(Instruction instruction, String text) {
        String plain = text.replaceAll("\\s+# .*", "").replaceAll("\\s+", " ").trim()
            .replaceAll("\\+[er]iz\\*\\d", "")
            .replaceAll("([a-z0-9])[+]0x0]", "$1]");
        String stripped = plain;
        if (!instruction.shape().key().row().repeatable()) {
            stripped = REPEAT.matcher(stripped).replaceFirst("");
        }
        Matcher prefix = PREFIX.matcher(stripped);
        if (prefix.find()) {
            stripped = (prefix.group(1) == null ? "" : prefix.group(1)) + stripped.substring(prefix.end());
        }
        return common(instruction, signed(absolute(instruction, stripped)).replaceAll("^movabs ", "mov "));
    }

    /** An address of a displacement alone in a form that might have had an index. */
    private static String absolute(Instruction instruction, String text) {
        Matcher matcher = NO_INDEX.matcher(text);
        if (!matcher.find()) {
            return text;
        }
        long value = Long.parseUnsignedLong(matcher.group(3), 16);
        long address = (matcher.group(2).equals("-") ? -value : value)
            & instruction.shape().key().addressWidth().mask();
        String segment = matcher.group(1) == null ? "ds:" : matcher.group(1);
        return matcher.replaceFirst(segment + "0x" + Long.toHexString(address));
    }

    private static String signed(String text) {
        Matcher matcher = IP_DISPLACEMENT.matcher(text);
        if (!matcher.find()) {
            return text;
        }
        long value = Long.parseUnsignedLong(matcher.group(2), 16);
        return value >= 0 ? text : matcher.replaceFirst("[$1-0x" + Long.toHexString(-value) + "]");
    }

    private static String common(Instruction instruction, String text) {
        ShapeKey key = instruction.shape().key();
        Matcher sized = SIZED.matcher(text);
        String plain = sized.find() ? sized.group(1) + text.substring(sized.end()) : text;
        plain = plain.replaceAll("[+]0x0]", "]");
        if (key.row().mnemonic().equals("XLAT")) {
            return "xlat";
        }
        if (key.encoding().operands().stream().anyMatch(o -> o.place() == Operand.Place.RELATIVE)
            && key.operandWidth() == Width.I16) {
            Matcher number = LAST_NUMBER.matcher(plain);
            return number.find() ? number.replaceFirst(Long.toHexString(Long.parseUnsignedLong(number.group(1), 16)
                & Width.I16.mask())) : plain;
        }
        boolean sizeless = key.encoding().operands().stream()
            .anyMatch(o -> o == Operand.M || o == Operand.Ob || o == Operand.Ov
                || o == Operand.Mp && key.operandWidth() == Width.I64);
        return sizeless ? plain.replaceAll("\\w+ PTR ", "") : plain;
    }
}
