/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.tour;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.exitpoint.cli.json.StopJson;

/** The part of JSON Schema that the command's schema uses; other keywords are refused, so that none goes unchecked. */
final class Schema {
    private static final Set<String> KEYWORDS = Set.of("$schema", "$id", "title", "description", "$defs", "$ref",
            "type", "required", "additionalProperties", "properties", "items", "enum", "pattern");
    private static final String DEFINITION = "#/$defs/";

    private final JsonObject root;
    private final List<String> problems = new ArrayList<>();

    private Schema(JsonObject root) {
        this.root = root;
    }

    /** What is wrong with a value by the schema of stops; empty if nothing is. */
    static List<String> problemsOfStop(JsonElement value) {
        try (InputStream in = StopJson.class.getResourceAsStream("stop.schema.json")) {
            Schema schema = new Schema(JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .getAsJsonObject());
            schema.check(schema.root, value, "$");
            return schema.problems;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void check(JsonObject schema, JsonElement value, String path) {
        if (!KEYWORDS.containsAll(schema.keySet())) {
            throw new IllegalArgumentException("keywords that are not known here: " + schema.keySet());
        }
        if (schema.has("$ref")) {
            String name = schema.get("$ref").getAsString().substring(DEFINITION.length());
            check(root.getAsJsonObject("$defs").getAsJsonObject(name), value, path);
        }
        if (schema.has("enum") && !schema.getAsJsonArray("enum").contains(value)) {
            problems.add(path + ": " + value + " is none of " + schema.get("enum"));
        }
        if (schema.has("type") && !hasType(schema.get("type").getAsString(), value)) {
            problems.add(path + ": " + value + " is no " + schema.get("type"));
            return;
        }
        if (schema.has("pattern") && !value.getAsString().matches(schema.get("pattern").getAsString())) {
            problems.add(path + ": " + value + " does not match " + schema.get("pattern"));
        }
        if (value.isJsonObject()) {
            checkMembers(schema, value.getAsJsonObject(), path);
        } else if (value.isJsonArray() && schema.has("items")) {
            int index = 0;
            for (JsonElement item : value.getAsJsonArray()) {
                check(schema.getAsJsonObject("items"), item, path + "[" + index++ + "]");
            }
        }
    }

    private static boolean hasType(String type, JsonElement value) {
        return switch (type) {
            case "object" -> value.isJsonObject();
            case "array" -> value.isJsonArray();
            case "string" -> value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
            case "boolean" -> value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean();
            case "integer" -> value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber()
                    && value.getAsString().matches("-?[0-9]+");
            default -> throw new IllegalArgumentException("type " + type);
        };
    }

    private void checkMembers(JsonObject schema, JsonObject value, String path) {
        JsonObject properties = schema.has("properties") ? schema.getAsJsonObject("properties") : new JsonObject();
        if (schema.has("required")) {
            schema.getAsJsonArray("required").forEach(name -> {
                if (!value.has(name.getAsString())) {
                    problems.add(path + ": there is no " + name);
                }
            });
        }
        JsonElement others = schema.get("additionalProperties");
        for (Map.Entry<String, JsonElement> member : value.entrySet()) {
            String at = path + "." + member.getKey();
            if (properties.has(member.getKey())) {
                check(properties.getAsJsonObject(member.getKey()), member.getValue(), at);
            } else if (others != null && others.isJsonObject()) {
                check(others.getAsJsonObject(), member.getValue(), at);
            } else if (others != null) {
                problems.add(at + " is not in the schema");
            }
        }
    }
}
