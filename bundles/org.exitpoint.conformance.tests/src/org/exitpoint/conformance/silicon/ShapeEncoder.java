/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.silicon;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.exitpoint.isa.decode.Decoder;
import org.exitpoint.isa.row.Encoding;
import org.exitpoint.isa.row.Operand;
import org.exitpoint.isa.row.Row;
import org.exitpoint.isa.shape.Instruction;
import org.exitpoint.isa.shape.Shape;
import org.exitpoint.isa.table.InstructionSet;

/** Makes instructions: lists the shapes of a row, and encodes a shape with random registers, addressing and numbers. */
final class ShapeEncoder {
    private static final int ATTEMPTS = 200;

    private final Decoder decoder = new Decoder();
    private final InstructionWriter writer;
    private final SplittableRandom random;

    ShapeEncoder(SplittableRandom random) {
        this.random = random;
        this.writer = new InstructionWriter(random);
    }

    /** The variants of a row in a mode. */
    List<ShapeVariant> variants(Row row, SiliconMode mode) {
        Map<String, ShapeVariant> found = new LinkedHashMap<>();
        for (Encoding encoding : row.encodings()) {
            Recipe recipe = Recipe.of(0);
            for (int number = 1; recipe != null; number++) {
                if (isSensible(encoding, mode, recipe)) {
                    add(found, row, encoding, mode, recipe);
                }
                recipe = Recipe.of(number);
            }
        }
        found.values().forEach(v -> v.recipes().sort(Comparator.comparingInt(Recipe::prefixes)));
        return List.copyOf(found.values());
    }

    private static boolean isSensible(Encoding encoding, SiliconMode mode, Recipe recipe) {
        boolean register = encoding.form() == Encoding.Form.REGISTER || encoding.wholeModRm() >= 0xC0;
        boolean memory = encoding.form() == Encoding.Form.MEMORY;
        boolean choice = encoding.hasModRm() && !register && !memory;
        if (recipe.memory() ? !(choice || memory) : memory) {
            return false;
        }
        if (encoding.vex()) {
            return !recipe.operandSize() && !recipe.lock() && recipe.repeat() == 0 && !recipe.rex();
        }
        if (mode != SiliconMode.LONG && (recipe.rex() || recipe.wide())) {
            return false;
        }
        return recipe.rex() || !recipe.wide();
    }

    private void add(Map<String, ShapeVariant> found, Row row, Encoding encoding, SiliconMode mode, Recipe recipe) {
        Instruction instruction = decode(writer.write(encoding, mode, recipe, 0), mode);
        Shape shape = instruction.shape();
        boolean meant = shape.key().row() == row && shape.key().encoding() == encoding;
        boolean invalid = shape.key().row() == InstructionSet.INVALID_OPCODE && recipe.lock();
        if (meant || invalid) {
            String key = encoding + " " + shape.key().operandWidth() + shape.key().memory() + shape.key().locked()
                + shape.key().repeat() + shape.program() + invalid;
            found.computeIfAbsent(key, k -> new ShapeVariant(row, encoding, mode, shape, new ArrayList<>())).recipes()
                .add(recipe);
        }
    }

    private Instruction decode(byte[] bytes, SiliconMode mode) {
        return decoder.decode(bytes, 0, bytes.length, mode.codeMode(), mode.stackWidth());
    }

    /** A random instruction of a variant. */
    Encoded encode(ShapeVariant variant) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long rip = Window.CODE - variant.mode().codeBase() + 0x780 + random.nextInt(0x100);
            byte[] bytes = writer.write(variant.encoding(), variant.mode(), recipe(variant), rip);
            Instruction instruction = decode(bytes, variant.mode());
            if (instruction.shape().program().equals(variant.shape().program())
                && instruction.shape().key().row() == variant.shape().key().row()) {
                int length = variant.isInvalid() ? Decoder.MAX_LENGTH : instruction.length();
                return new Encoded(Arrays.copyOf(bytes, length), rip, instruction);
            }
        }
        throw new IllegalStateException("no bytes found for " + variant);
    }

    private Recipe recipe(ShapeVariant variant) {
        List<Recipe> recipes = variant.recipes();
        int fewest = recipes.getFirst().prefixes();
        while (true) {
            Recipe recipe = recipes.get(random.nextInt(recipes.size()));
            if (recipe.prefixes() <= fewest || random.nextInt(4) == 0) {
                return recipe;
            }
        }
    }

    /** Whether an operand of the encoding stands at a place. */
    static boolean has(Encoding encoding, Operand.Place place) {
        return encoding.operands().stream().anyMatch(o -> o.place() == place);
    }
}
