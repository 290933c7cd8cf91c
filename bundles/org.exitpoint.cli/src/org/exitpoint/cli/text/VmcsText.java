/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli.text;

import java.util.List;
import java.util.Locale;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.debug.api.inspect.FieldWriter;
import org.exitpoint.debug.api.inspect.VmcsFieldValue;

/** VMCS fields as text. */
public final class VmcsText {
    private VmcsText() {
    }

    /** Adds the fields that changed, with old and new value. */
    public static void changes(Page page, List<VmcsFieldValue> fields) {
        List<VmcsFieldValue> changed = fields.stream().filter(VmcsFieldValue::hasChanged).toList();
        if (changed.isEmpty()) {
            page.line("  none");
        }
        page.table(changed.stream().map(field -> List.of(field.field().name(),
                Page.hex(field.previous().getAsLong()), "->", Page.hex(field.value()), field.words())).toList());
    }

    /** Adds the fields whose name or group contains a pattern, group by group. */
    public static boolean matching(Page page, List<VmcsFieldValue> fields, String pattern) {
        String wanted = pattern.toLowerCase(Locale.ROOT).replace(' ', '_');
        boolean any = false;
        for (VmcsField.Group group : VmcsField.Group.values()) {
            List<VmcsFieldValue> shown = fields.stream().filter(field -> field.field().group() == group
                    && (field.field().name().toLowerCase(Locale.ROOT).contains(wanted)
                            || group.title().toLowerCase(Locale.ROOT).replace(' ', '_').contains(wanted))).toList();
            if (!shown.isEmpty()) {
                page.line(page.ink().heading(group.title()));
                page.table(shown.stream().map(VmcsText::row).toList());
                any = true;
            }
        }
        return any;
    }

    private static List<String> row(VmcsFieldValue field) {
        String writer = field.writer().map(VmcsText::writer).orElse("");
        String words = field.words().isEmpty() || writer.isEmpty() ? field.words() + writer
                : field.words() + "; " + writer;
        return List.of(field.field().name(), Page.hex(field.value()), field.hasChanged() ? "changed" : "", words);
    }

    private static String writer(FieldWriter writer) {
        return "VMWRITE at " + Page.hex(writer.rip()) + ", step " + writer.steps();
    }
}
