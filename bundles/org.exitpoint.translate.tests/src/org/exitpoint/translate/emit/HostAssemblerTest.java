/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.translate.emit;

import java.util.HexFormat;
import java.util.function.Consumer;

import org.exitpoint.isa.ops.Cond;
import org.exitpoint.machine.HostMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.exitpoint.isa.ops.Width.I1;
import static org.exitpoint.isa.ops.Width.I16;
import static org.exitpoint.isa.ops.Width.I32;
import static org.exitpoint.isa.ops.Width.I64;
import static org.exitpoint.isa.ops.Width.I8;
import static org.exitpoint.translate.emit.HostAddress.at;
import static org.exitpoint.translate.emit.HostRegister.R10;
import static org.exitpoint.translate.emit.HostRegister.R11;
import static org.exitpoint.translate.emit.HostRegister.R12;
import static org.exitpoint.translate.emit.HostRegister.R13;
import static org.exitpoint.translate.emit.HostRegister.R14;
import static org.exitpoint.translate.emit.HostRegister.R15;
import static org.exitpoint.translate.emit.HostRegister.R8;
import static org.exitpoint.translate.emit.HostRegister.R9;
import static org.exitpoint.translate.emit.HostRegister.RAX;
import static org.exitpoint.translate.emit.HostRegister.RBP;
import static org.exitpoint.translate.emit.HostRegister.RBX;
import static org.exitpoint.translate.emit.HostRegister.RCX;
import static org.exitpoint.translate.emit.HostRegister.RDI;
import static org.exitpoint.translate.emit.HostRegister.RDX;
import static org.exitpoint.translate.emit.HostRegister.RSI;
import static org.exitpoint.translate.emit.HostRegister.RSP;

/** Encodings, as GNU as has them. */
class HostAssemblerTest {
    private final CodeBuffer buffer = new CodeBuffer(4096);
    private final HostAssembler asm = new HostAssembler(buffer);

    @AfterEach
    void free() {
        buffer.close();
    }

    private void check(String text, String hex, Consumer<HostAssembler> instruction) {
        long start = asm.position();
        instruction.accept(asm);
        byte[] bytes = new byte[(int) (asm.position() - start)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = HostMemory.getByte(start + i);
        }
        assertThat(HexFormat.of().formatHex(bytes)).as(text).isEqualTo(hex);
    }

    @Test
    void moves() {
        check("mov rax, r15", "4c89f8", asm -> asm.mov(I64, RAX, R15));
        check("mov r8d, edi", "4189f8", asm -> asm.mov(I32, R8, RDI));
        check("mov si, r9w", "664489ce", asm -> asm.mov(I16, RSI, R9));
        check("mov sil, al", "4088c6", asm -> asm.mov(I8, RSI, RAX));
        check("mov al, r14b", "4488f0", asm -> asm.mov(I8, RAX, R14));
        check("mov [r15+0x680], rbx", "49899f80060000", asm -> asm.mov(I64, at(R15, 0x680), RBX));
        check("mov rbx, [r12]", "498b1c24", asm -> asm.mov(I64, RBX, at(R12, 0)));
        check("mov rbx, [r13+0]", "498b5d00", asm -> asm.mov(I64, RBX, at(R13, 0)));
        check("mov ebx, [rbp-8]", "8b5df8", asm -> asm.mov(I32, RBX, at(RBP, -8)));
        check("mov [rsp+4], dil", "40887c2404", asm -> asm.mov(I8, at(RSP, 4), RDI));
        check("mov r13, [r13+r14*1+0]", "4f8b6c3500", asm -> asm.mov(I64, R13, at(R13, R14)));
        check("mov rax, [r12*8+0x10]", "4a8b04e510000000",
            asm -> asm.mov(I64, RAX, new HostAddress(null, R12, 3, 0x10)));
        check("mov rax, [rbp+rbp*2+0]", "488b446d00", asm -> asm.mov(I64, RAX, new HostAddress(RBP, RBP, 1, 0)));
        check("mov rax, ds:0x7000", "488b042500700000",
            asm -> asm.mov(I64, RAX, new HostAddress(null, null, 0, 0x7000)));
        check("mov r13d, 0x1234", "41bd34120000", asm -> asm.mov(R13, 0x1234L));
        check("mov rax, -1", "48c7c0ffffffff", asm -> asm.mov(RAX, -1L));
        check("movabs rax, 0x123456789abc", "48b8bc9a785634120000", asm -> asm.mov(RAX, 0x1234_5678_9ABCL));
        check("mov qword ptr [r15+8], -2", "49c74708feffffff", asm -> asm.movImmediate(I64, at(R15, 8), -2));
        check("mov word ptr [r15+8], 0x1234", "6641c747083412", asm -> asm.movImmediate(I16, at(R15, 8), 0x1234));
        check("mov dil, 7", "40c6c707", asm -> asm.movImmediate(I8, RDI, 7));
        check("movzx r13d, sil", "440fb6ee", asm -> asm.movZeroExtend(I8, R13, RSI));
        check("movzx eax, word ptr [rcx]", "0fb701", asm -> asm.movZeroExtend(I16, RAX, at(RCX, 0)));
        check("mov eax, r11d", "4489d8", asm -> asm.movZeroExtend(I32, RAX, R11));
        check("movsx rax, bl", "480fbec3", asm -> asm.movSignExtend(I8, I64, RAX, RBX));
        check("movsx r9d, bx", "440fbfcb", asm -> asm.movSignExtend(I16, I32, R9, RBX));
        check("movsxd r9, dword ptr [r15+16]", "4d634f10", asm -> asm.movSignExtend(I32, I64, R9, at(R15, 16)));
        check("lea r12, [r12-8]", "4d8d6424f8", asm -> asm.lea(I64, R12, at(R12, -8)));
        check("lea edx, [rax+rbx*2]", "8d1458", asm -> asm.lea(I32, RDX, new HostAddress(RAX, RBX, 1, 0)));
        check("cmovne r9, rax", "4c0f45c8", asm -> asm.cmov(Cond.NE, I64, R9, RAX));
        check("cmovb eax, [r15+0x100]", "410f428700010000", asm -> asm.cmov(Cond.B, I32, RAX, at(R15, 0x100)));
        check("setle sil", "400f9ec6", asm -> asm.set(Cond.LE, RSI));
        check("seto [r15+0x9c]", "410f90879c000000", asm -> asm.set(Cond.O, at(R15, 0x9C)));
        check("push r15", "4157", asm -> asm.push(R15));
        check("pop rbx", "5b", asm -> asm.pop(RBX));
        check("pushfq", "9c", asm -> asm.pushFlags());
        check("bswap r10", "490fca", asm -> asm.byteSwap(I64, R10));
        check("bswap eax", "0fc8", asm -> asm.byteSwap(I32, RAX));
    }

    @Test
    void arithmetic() {
        check("add rax, rbx", "4801d8", asm -> asm.alu(Alu.ADD, I64, RAX, RBX));
        check("sbb dil, r8b", "4418c7", asm -> asm.alu(Alu.SBB, I8, RDI, R8));
        check("xor r13, [r14+8]", "4d336e08", asm -> asm.alu(Alu.XOR, I64, R13, at(R14, 8)));
        check("and [rsi+2], dx", "66215602", asm -> asm.alu(Alu.AND, I16, at(RSI, 2), RDX));
        check("sub qword ptr [r15+0x6a0], 10", "4983afa00600000a", asm -> asm.alu(Alu.SUB, I64, at(R15, 0x6A0), 10));
        check("cmp r13, 0xff8", "4981fdf80f0000", asm -> asm.alu(Alu.CMP, I64, R13, 0xFF8));
        check("cmp bl, 0x80", "80fb80", asm -> asm.alu(Alu.CMP, I8, RBX, 0x80));
        check("or r13b, 1", "4180cd01", asm -> asm.alu(Alu.OR, I1, R13, 1));
        check("adc cx, 0x1234", "6681d13412", asm -> asm.alu(Alu.ADC, I16, RCX, 0x1234));
        check("test rax, rax", "4885c0", asm -> asm.test(I64, RAX, RAX));
        check("test dil, 1", "40f6c701", asm -> asm.test(I8, RDI, 1));
        check("test dword ptr [r15+0xa0], 0x400", "41f787a000000000040000", asm -> asm.test(I32, at(R15, 0xA0), 0x400));
        check("neg r8", "49f7d8", asm -> asm.unary(Unary.NEG, I64, R8));
        check("not sil", "40f6d6", asm -> asm.unary(Unary.NOT, I8, RSI));
        check("dec ecx", "ffc9", asm -> asm.unary(Unary.DEC, I32, RCX));
        check("div r13", "49f7f5", asm -> asm.unary(Unary.DIV, I64, R13));
        check("idiv dword ptr [r15+8]", "41f77f08", asm -> asm.unary(Unary.IDIV, I32, at(R15, 8)));
        check("imul rax, rbx", "480fafc3", asm -> asm.imul(I64, RAX, RBX));
        check("imul r9w, [rax]", "66440faf08", asm -> asm.imul(I16, R9, at(RAX, 0)));
        check("imul eax, ecx, 0x801", "69c101080000", asm -> asm.imul(I32, RAX, RCX, 0x801));
        check("rol rax, 5", "48c1c005", asm -> asm.shift(Shift.ROL, I64, RAX, 5));
        check("sar r14b, 7", "41c0fe07", asm -> asm.shift(Shift.SAR, I8, R14, 7));
        check("ror r13w, cl", "6641d3cd", asm -> asm.shiftByCl(Shift.ROR, I16, R13));
        check("bt dword ptr [r15+0x9c], 0", "410fbaa79c00000000", asm -> asm.bitTest(at(R15, 0x9C), 0));
        check("cqo", "4899", asm -> asm.signIntoData(I64));
        check("cdq", "99", asm -> asm.signIntoData(I32));
    }

    @Test
    void bitManipulation() {
        check("popcnt rax, r9", "f3490fb8c1", asm -> asm.popCount(I64, RAX, R9));
        check("lzcnt r9d, eax", "f3440fbdc8", asm -> asm.leadingZeros(I32, R9, RAX));
        check("tzcnt ax, bx", "66f30fbcc3", asm -> asm.trailingZeros(I16, RAX, RBX));
        check("shlx r13, r13, rcx", "c442f1f7ed", asm -> asm.shiftLeft(I64, R13, R13, RCX));
        check("shrx eax, [r15+8], r9d", "c4c233f74708", asm -> asm.shiftRight(I32, RAX, at(R15, 8), R9));
        check("sarx r8, rbx, r14", "c4628af7c3", asm -> asm.shiftRightSigned(I64, R8, RBX, R14));
        check("rorx r14, r13, 7", "c443fbf0f507", asm -> asm.rotateRight(I64, R14, R13, 7));
        check("mulx r13, r13, rax", "c46293f6e8", asm -> asm.multiply(I64, R13, R13, RAX));
        check("pdep r13, rax, r14", "c442fbf5ee", asm -> asm.deposit(I64, R13, RAX, R14));
        check("pext eax, r9d, ebx", "c4e232f5c3", asm -> asm.extract(I32, RAX, R9, RBX));
    }

    @Test
    void stringsAndControl() {
        check("rep movsq", "f348a5", asm -> asm.repMoveString(I64));
        check("rep movsw", "66f3a5", asm -> asm.repMoveString(I16));
        check("rep stosb", "f3aa", asm -> asm.repStoreString(I8));
        check("jmp r13", "41ffe5", asm -> asm.jump(R13));
        check("jmp [r14+0x108]", "41ffa608010000", asm -> asm.jump(at(R14, 0x108)));
        check("ret", "c3", asm -> asm.ret());
        check("cpuid", "0fa2", asm -> asm.cpuid());
    }

    @Test
    void jumpsReachLabelsBehindAndAhead() {
        Label behind = new Label();
        Label ahead = new Label();
        asm.bind(behind);
        check("jmp ahead", "e900000000", a -> a.jump(ahead));
        check("jne behind", "0f85f5ffffff", a -> a.jump(Cond.NE, behind));
        long use = asm.position() - 11;
        asm.bind(ahead);
        assertThat(HostMemory.getInt(use + 1)).isEqualTo(6);
        assertThatThrownBy(() -> asm.bind(ahead)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesWhatHasNoEncoding() {
        assertThatThrownBy(() -> asm.alu(Alu.ADD, I64, RAX, 0x8000_0000L))
            .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> at(RAX, RSP)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsBeforeFlagsChange() {
        int[] told = {0};
        asm.guardFlags(() -> told[0]++);
        asm.mov(I64, RAX, RBX);
        asm.lea(I64, RAX, at(RBX, 1));
        asm.rotateRight(I64, RAX, RBX, 3);
        asm.unary(Unary.NOT, I64, RAX);
        assertThat(told[0]).isZero();
        asm.alu(Alu.ADD, I64, RAX, RBX);
        asm.shift(Shift.SHL, I64, RAX, 1);
        asm.test(I64, RAX, RAX);
        asm.bitTest(RAX, 0);
        asm.popCount(I64, RAX, RAX);
        assertThat(told[0]).isEqualTo(5);
    }

    @Test
    void emittedCodeCanBeCalled() {
        HostCall sum = new HostCall(asm.position());
        asm.lea(I64, RAX, at(RDI, RSI));
        asm.ret();
        assertThat(sum.call(40, 2)).isEqualTo(42);
    }

    @Test
    void aFullBufferSaysSo() {
        assertThatThrownBy(() -> {
            for (int i = 0; i <= 4096; i++) {
                asm.ret();
            }
        }).isInstanceOf(IllegalStateException.class).hasMessageContaining("full");
        assertThat(buffer.remaining()).isZero();
    }
}
