/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.debug.inspect.RegisterEditor;
import org.exitpoint.debug.port.MachineControl;

/**
 * What a debugger writes, as bytes: every edit is an input of the machine, logged with the step count, so that a replay
 * of the log repeats it. Machine's thread only.
 */
final class Edits implements Consumer<byte[]> {
    private static final byte MEMORY = 1;
    private static final byte REGISTER = 2;
    private static final byte VMCS = 3;

    private final MachineControl machine;

    Edits(MachineControl machine) {
        this.machine = machine;
        machine.onEdit(this);
    }

    void memory(long hostPhysical, byte[] bytes) {
        machine.edit(ByteBuffer.allocate(1 + Long.BYTES + bytes.length).put(MEMORY).putLong(hostPhysical).put(bytes)
                .array());
    }

    void register(int vcpu, String name, long value) {
        byte[] letters = name.getBytes(StandardCharsets.US_ASCII);
        machine.edit(ByteBuffer.allocate(1 + Integer.BYTES + Long.BYTES + letters.length).put(REGISTER).putInt(vcpu)
                .putLong(value).put(letters).array());
    }

    void vmcs(long region, VmcsField field, long value) {
        machine.edit(ByteBuffer.allocate(1 + Long.BYTES + Integer.BYTES + Long.BYTES).put(VMCS).putLong(region)
                .putInt(field.encoding()).putLong(value).array());
    }

    @Override
    public void accept(byte[] edit) {
        ByteBuffer in = ByteBuffer.wrap(edit);
        byte kind = in.get();
        switch (kind) {
            case MEMORY -> {
                long address = in.getLong();
                byte[] bytes = rest(in);
                machine.processors().getFirst().physical().write(address, bytes, 0, bytes.length);
            }
            case REGISTER -> {
                int vcpu = in.getInt();
                long value = in.getLong();
                RegisterEditor.set(machine.processors().get(vcpu), new String(rest(in), StandardCharsets.US_ASCII),
                        value);
            }
            case VMCS -> {
                long region = in.getLong();
                VmcsField field = VmcsField.find(in.getInt());
                machine.processors().getFirst().physical().write(region + field.offset(), Long.BYTES, in.getLong());
            }
            default -> throw new IllegalArgumentException("no edit of kind " + kind);
        }
    }

    private static byte[] rest(ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return bytes;
    }
}
