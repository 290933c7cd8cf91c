/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.cli.json;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.exitpoint.cli.machine.ExitStatus;
import org.exitpoint.debug.api.Session;
import org.exitpoint.debug.api.context.Context;
import org.exitpoint.debug.api.context.ContextId;
import org.exitpoint.debug.api.inspect.CheckFailure;
import org.exitpoint.debug.api.inspect.ExitInformation;
import org.exitpoint.debug.api.inspect.RegisterGroup;
import org.exitpoint.debug.api.inspect.RegisterValue;
import org.exitpoint.debug.api.inspect.VmcsFieldValue;
import org.exitpoint.debug.api.stop.Frame;
import org.exitpoint.debug.api.stop.Stop;
import org.exitpoint.debug.api.stop.StopReason;
import org.exitpoint.debug.exit.ExitTrace;

/** Writes stops as JSON. Values of 64 bits are strings of hexadecimal digits with {@code 0x}. */
public final class StopJson {
    private final JsonWriter json;
    private final Session session;
    private final Stop stop;
    private final List<Context> contexts;

    private StopJson(JsonWriter json, Session session, Stop stop) {
        this.json = json;
        this.session = session;
        this.stop = stop;
        this.contexts = session.contexts(stop.id());
    }

    /**
     * A stop as an object.
     *
     * @param session the session, which stands at the stop
     * @param stop the stop
     * @return one line without its end
     */
    public static String line(Session session, Stop stop) {
        StringWriter line = new StringWriter();
        try (JsonWriter json = new JsonWriter(line)) {
            new StopJson(json, session, stop).write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }

    private void write() throws IOException {
        json.beginObject();
        json.name("stop").value(kind());
        json.name("id").value(stop.id());
        json.name("steps").value(stop.steps());
        json.name("vcpu").value(stop.vcpu());
        json.name("status").value(ExitStatus.of(stop.reason()));
        json.name("current").value(name(stop.current()));
        if (stop.subject().isPresent()) {
            json.name("subject").value(name(stop.subject().get()));
        }
        writePosition();
        writeReason();
        writeContexts();
        writeRegisters();
        writeVmcs();
        json.endObject();
    }

    private String kind() {
        return switch (stop.reason()) {
            case StopReason.Ready _ -> "ready";
            case StopReason.AtBreakpoint _ -> "breakpoint";
            case StopReason.VmExit _ -> "vm-exit";
            case StopReason.VmEntry _ -> "vm-entry";
            case StopReason.EntryFailure _ -> "entry-failure";
            case StopReason.Step _ -> "step";
            case StopReason.Paused _ -> "pause";
            case StopReason.Shutdown _ -> "shutdown";
            case StopReason.NotImplemented _ -> "not-implemented";
            case StopReason.GuestExit _ -> "guest-exit";
            case StopReason.PowerOff _ -> "power-off";
            case StopReason.Limit _ -> "limit";
            case StopReason.Idle _ -> "idle";
            case StopReason.Divergence _ -> "divergence";
        };
    }

    private String name(ContextId id) {
        return contexts.stream().filter(context -> context.id().equals(id)).map(Context::name).findFirst()
                .orElseGet(id::toString);
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    private void writePosition() throws IOException {
        json.name("frames").beginArray();
        for (Frame frame : stop.frames()) {
            json.beginObject();
            switch (frame) {
                case Frame.Code(ContextId context, long instruction, long stack) -> {
                    json.name("context").value(name(context));
                    json.name("instructionPointer").value(hex(instruction));
                    json.name("stackPointer").value(hex(stack));
                }
                case Frame.Boundary(ContextId _, String text) -> json.name("boundary").value(text);
            }
            json.endObject();
        }
        json.endArray();
    }

    private void writeReason() throws IOException {
        switch (stop.reason()) {
            case StopReason.AtBreakpoint(int number) -> json.name("breakpoint").value(number);
            case StopReason.VmExit(ExitInformation exit) -> writeExit(exit);
            case StopReason.EntryFailure failure -> writeFailure(failure);
            case StopReason.VmEntry(ContextId.Guest _, boolean launch) ->
                    json.name("instruction").value(launch ? "VMLAUNCH" : "VMRESUME");
            case StopReason.Shutdown(String cause) -> json.name("cause").value(cause);
            case StopReason.NotImplemented(String what) -> json.name("what").value(what);
            case StopReason.Divergence(String difference) -> json.name("difference").value(difference);
            case StopReason.GuestExit(long value) -> json.name("value").value(hex(value));
            default -> {
            }
        }
    }

    private void writeExit(ExitInformation exit) throws IOException {
        json.name("exit").beginObject();
        ExitTrace.writeMembers(json, exit);
        json.endObject();
    }

    private void writeFailure(StopReason.EntryFailure failure) throws IOException {
        if (failure.exit().isPresent()) {
            writeExit(failure.exit().get());
        }
        if (failure.error().isPresent()) {
            json.name("instructionError").value(failure.error().get().number());
        }
        json.name("checks").beginArray();
        for (CheckFailure check : failure.checks()) {
            json.beginObject();
            json.name("name").value(check.check().name());
            json.name("section").value(check.check().citation().section());
            json.name("title").value(check.check().citation().title());
            json.name("rule").value(check.check().rule());
            json.name("remedy").value(check.check().remedy());
            json.name("fields");
            writeFields(check.fields());
            json.endObject();
        }
        json.endArray();
    }

    private void writeContexts() throws IOException {
        json.name("contexts").beginArray();
        for (Context context : contexts) {
            json.beginObject();
            json.name("name").value(context.name());
            json.name("state").value(context.state().name().toLowerCase(Locale.ROOT));
            OptionalInt vcpu = context.vcpu();
            if (vcpu.isPresent()) {
                json.name("vcpu").value(vcpu.getAsInt());
            }
            if (context.parent().isPresent()) {
                json.name("parent").value(name(context.parent().get()));
                json.name("inferred").value(context.inferred());
            }
            if (context.id() instanceof ContextId.Guest(long vmcs, int incarnation)) {
                json.name("vmcs").value(hex(vmcs));
                json.name("incarnation").value(incarnation);
            }
            json.endObject();
        }
        json.endArray();
    }

    private void writeRegisters() throws IOException {
        json.name("registers").beginObject();
        json.name(name(stop.current()));
        writeGroups(stop.registers());
        if (stop.subject().isPresent()) {
            json.name(name(stop.subject().get()));
            writeGroups(session.registers(stop.id(), stop.subject().get()));
        }
        json.endObject();
    }

    private void writeGroups(List<RegisterGroup> groups) throws IOException {
        json.beginObject();
        for (RegisterGroup group : groups) {
            for (RegisterValue register : group.registers()) {
                json.name(register.name()).value(hex(register.value()));
            }
        }
        json.endObject();
    }

    private void writeVmcs() throws IOException {
        if (stop.vmcs().isEmpty()) {
            return;
        }
        json.name("vmcs");
        writeFields(stop.vmcs());
        json.name("changed").beginArray();
        for (VmcsFieldValue field : stop.vmcs()) {
            if (field.hasChanged()) {
                json.value(field.field().name());
            }
        }
        json.endArray();
    }

    private void writeFields(List<VmcsFieldValue> fields) throws IOException {
        json.beginObject();
        for (VmcsFieldValue field : fields) {
            json.name(field.field().name()).value(hex(field.value()));
        }
        json.endObject();
    }
}
