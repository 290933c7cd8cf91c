/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 *
 * Executes single instructions on the host processor, each from a given state, and reports the state after it.
 *
 *     silicon-runner EXCHANGE-FILE
 *     silicon-runner cpuid
 *
 * The second form prints what CPUID says, a line of six hexadecimal numbers for each leaf and sub-leaf. In the first the
 * file holds a batch of cases and takes their results in place; NativeCase.java has the layout. Each 4-byte number
 * on standard input is a count of cases to run; the same number comes back when they are done.
 *
 * A case is entered by IRETQ, which loads RIP, RSP, CS, SS and RFLAGS at once, and comes back through a jump that stands
 * right after the instruction, or by a signal. The code page is filled with INT3, so that a branch says where it went.
 */
#define _GNU_SOURCE
#include <asm/ldt.h>
#include <cpuid.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#define WINDOW 0x10000000
#define WINDOW_SIZE 0x20000
#define CODE 0x20000000
#define CODE_SIZE 0x1000
#define HOST 0x30000000
#define BACKGROUND 0x5A

#define USER_CS 0x33
#define USER_CS32 0x23
#define USER_DS 0x2B
#define LDT_CS16 0x07
#define LDT_DS16 0x0F

enum { LONG, PROTECTED32, PROTECTED16 };
enum { SINGLE_STEP = 1, BREAKPOINT = 2 };
enum { TRAP_DEBUG = 1, TRAP_BREAKPOINT = 3, TRAP_PAGE_FAULT = 14, COMPLETED = 0x100, TIMED_OUT = 0x200 };
enum { CHECK_EACH = 1 };
enum { HAS_16BIT = 1 };

struct slot {
    uint64_t address;
    uint8_t bytes[16];
};

struct test_case {
    uint64_t registers[16];
    uint64_t rip, rflags, fs_base, gs_base;
    uint64_t vector, error, cr2;
    uint32_t mode, options;
    uint8_t code[16];
    uint32_t code_length, slots;
    uint64_t number;
    struct slot slot[];
};

struct batch {
    uint32_t options, abilities;
    uint64_t stray_address, stray_case;
    uint64_t reserved[5];
};

/* What the assembly below reaches by absolute addresses. */
struct host {
    uint64_t registers[16];  /* 0x00 */
    uint64_t rflags;         /* 0x80 */
    uint64_t fs_base;        /* 0x88 */
    uint64_t gs_base;        /* 0x90 */
    uint64_t own_rsp;        /* 0x98 */
    uint64_t own_fs_base;    /* 0xA0 */
    uint64_t own_gs_base;    /* 0xA8 */
    uint64_t data_selector;  /* 0xB0 */
    uint64_t exit;           /* 0xB8 */
    uint64_t scratch[4];     /* 0xC0 */
    uint64_t frame[5];       /* 0xE0: RIP, CS, RFLAGS, RSP, SS */
};

int enter(void);
void leave(void);
void leave_by_signal(void);

/* Registers are saved and loaded without touching any other: absolute addresses below 2 GB need no base. */
__asm__(
    ".text\n"
    "enter:\n"
    "  push %rbx; push %rbp; push %r12; push %r13; push %r14; push %r15\n"
    "  mov %rsp, 0x30000098\n"
    "  rdfsbase %rax; mov %rax, 0x300000A0\n"
    "  rdgsbase %rax; mov %rax, 0x300000A8\n"
    "  mov 0x300000B0, %rax; mov %eax, %ds; mov %eax, %es\n"
    "  mov 0x30000088, %rax; wrfsbase %rax\n"
    "  mov 0x30000090, %rax; wrgsbase %rax\n"
    "  mov 0x30000000, %rax; mov 0x30000008, %rcx; mov 0x30000010, %rdx; mov 0x30000018, %rbx\n"
    "  mov 0x30000028, %rbp; mov 0x30000030, %rsi; mov 0x30000038, %rdi\n"
    "  mov 0x30000040, %r8;  mov 0x30000048, %r9;  mov 0x30000050, %r10; mov 0x30000058, %r11\n"
    "  mov 0x30000060, %r12; mov 0x30000068, %r13; mov 0x30000070, %r14; mov 0x30000078, %r15\n"
    "  mov $0x300000E0, %esp\n"
    "  iretq\n"
    "leave:\n"
    "  mov %rax, 0x30000000; mov %rcx, 0x30000008; mov %rdx, 0x30000010; mov %rbx, 0x30000018\n"
    "  mov %rsp, 0x30000020; mov %rbp, 0x30000028; mov %rsi, 0x30000030; mov %rdi, 0x30000038\n"
    "  mov %r8,  0x30000040; mov %r9,  0x30000048; mov %r10, 0x30000050; mov %r11, 0x30000058\n"
    "  mov %r12, 0x30000060; mov %r13, 0x30000068; mov %r14, 0x30000070; mov %r15, 0x30000078\n"
    "  mov $0x300000E0, %esp\n"
    "  pushfq\n"
    "  pop 0x30000080\n"
    "  xor %eax, %eax\n"
    "  jmp 1f\n"
    "leave_by_signal:\n"
    "  mov $1, %eax\n"
    "1:\n"
    "  mov $0x300000E0, %esp\n"
    "  push $2\n"
    "  popfq\n"
    "  rdfsbase %rcx; mov %rcx, 0x30000088\n"
    "  rdgsbase %rcx; mov %rcx, 0x30000090\n"
    "  mov $0x2B, %ecx; mov %ecx, %ds; mov %ecx, %es; mov %ecx, %ss\n"
    "  mov 0x300000A0, %rcx; wrfsbase %rcx\n"
    "  mov 0x300000A8, %rcx; wrgsbase %rcx\n"
    "  mov 0x30000098, %rsp\n"
    "  pop %r15; pop %r14; pop %r13; pop %r12; pop %rbp; pop %rbx\n"
    "  ret\n");

static struct host *const host = (struct host *) HOST;
static uint8_t *code;                            /* writable alias of the page at CODE */
static struct test_case *volatile running;
static _Alignas(64) uint8_t signal_stack[1 << 16];

static void die(const char *what) {
    perror(what);
    exit(2);
}

static const int greg_of[16] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
    REG_R8, REG_R9, REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15};

/* Runs with the case's FS base: must not touch thread-local storage. */
static void on_signal(int number, siginfo_t *info, void *context) {
    __asm__ volatile("push $2; popfq" ::: "memory", "cc"); /* no alignment checks here */
    greg_t *g = ((ucontext_t *) context)->uc_mcontext.gregs;
    struct test_case *c = running;
    (void) info;
    if (!c) {
        _exit(3);
    }
    uint64_t start = c->rip;
    for (int i = 0; i < 16; i++) {
        c->registers[i] = g[greg_of[i]];
    }
    c->rip = g[REG_RIP];
    c->rflags = g[REG_EFL];
    c->vector = g[REG_TRAPNO];
    c->error = g[REG_ERR];
    c->cr2 = g[REG_CR2];
    uint64_t linear = c->mode == PROTECTED16 ? c->rip + CODE : c->rip;
    if (number == SIGALRM) {
        c->vector = TIMED_OUT;
    } else if (c->vector == TRAP_DEBUG) {
        c->vector = COMPLETED;
    } else if (c->vector == TRAP_BREAKPOINT && c->rip - 1 != start) {
        c->rip--;
        c->vector = COMPLETED;
    } else if (c->vector == TRAP_PAGE_FAULT && (c->error & 0x10) && c->cr2 == linear && c->rip != start) {
        c->vector = COMPLETED;
    }
    g[REG_RIP] = (greg_t) (uintptr_t) leave_by_signal;
    g[REG_EFL] = 2;
    g[REG_RSP] = HOST + 0xE0;
    g[REG_CSGSFS] = (uint64_t) USER_DS << 48 | USER_CS;
}

static int write_exit_jump(uint8_t *at, uint32_t mode) {
    uint32_t target = (uint32_t) (uintptr_t) leave;
    uint16_t selector = USER_CS;
    if (mode == LONG) {                          /* JMP [host->exit] */
        uint32_t pointer = HOST + 0xB8;
        memcpy(at, "\xFF\x24\x25", 3);
        memcpy(at + 3, &pointer, 4);
        return 7;
    }
    int n = 0;
    if (mode == PROTECTED16) {
        at[n++] = 0x66;
    }
    at[n++] = 0xEA;                              /* JMP ptr16:32 */
    memcpy(at + n, &target, 4);
    memcpy(at + n + 4, &selector, 2);
    return n + 6;
}

static void run(struct test_case *c) {
    uint32_t at = (c->rip & (CODE_SIZE - 1));
    int written = c->code_length;
    memcpy(code + at, c->code, c->code_length);
    if (!(c->options & (BREAKPOINT | SINGLE_STEP))) {
        written += write_exit_jump(code + at + c->code_length, c->mode);
    }
    for (uint32_t i = 0; i < c->slots; i++) {
        memcpy((void *) c->slot[i].address, c->slot[i].bytes, 16);
    }
    memcpy(host->registers, c->registers, sizeof host->registers);
    host->fs_base = c->fs_base;
    host->gs_base = c->gs_base;
    host->data_selector = c->mode == PROTECTED16 ? LDT_DS16 : USER_DS;
    host->frame[0] = c->rip;
    host->frame[1] = c->mode == LONG ? USER_CS : c->mode == PROTECTED32 ? USER_CS32 : LDT_CS16;
    host->frame[2] = c->rflags | (c->options & SINGLE_STEP ? 0x100 : 0);
    host->frame[3] = c->registers[4];
    host->frame[4] = host->data_selector;
    running = c;
    int by_signal = enter();
    running = NULL;
    if (!by_signal) {
        memcpy(c->registers, host->registers, sizeof host->registers);
        c->rip += c->code_length;
        c->rflags = host->rflags;
        c->vector = COMPLETED;
    }
    c->fs_base = host->fs_base;
    c->gs_base = host->gs_base;
    for (uint32_t i = 0; i < c->slots; i++) {
        memcpy(c->slot[i].bytes, (void *) c->slot[i].address, 16);
        memset((void *) c->slot[i].address, BACKGROUND, 16);
    }
    memset(code + at, 0xCC, written);
}

/* Notes the first byte of the window that holds anything else than what it should, and puts it right. */
static void check_window(struct batch *batch, uint64_t number) {
    static uint8_t background[WINDOW_SIZE];
    if (!background[0]) {
        memset(background, BACKGROUND, WINDOW_SIZE);
    }
    if (memcmp((void *) WINDOW, background, WINDOW_SIZE) == 0) {
        return;
    }
    uint8_t *at = (uint8_t *) WINDOW;
    while (*at == BACKGROUND) {
        at++;
    }
    if (!batch->stray_address) {
        batch->stray_address = (uint64_t) at;
        batch->stray_case = number;
    }
    memset((void *) WINDOW, BACKGROUND, WINDOW_SIZE);
}

static void run_batch(struct batch *batch, uint32_t count) {
    struct test_case *c = (struct test_case *) (batch + 1);
    batch->stray_address = 0;
    alarm(20);
    for (uint32_t i = 0; i < count; i++) {
        run(c);
        if (batch->options & CHECK_EACH) {
            check_window(batch, c->number);
        }
        c = (struct test_case *) &c->slot[c->slots];
    }
    alarm(0);
    check_window(batch, UINT64_MAX);
}

static void *map(uintptr_t address, size_t size, int protection, int flags, int fd) {
    void *p = mmap((void *) address, size, protection, flags | (address ? MAP_FIXED_NOREPLACE : 0), fd, 0);
    if (p == MAP_FAILED || (address && p != (void *) address)) {
        die("mmap");
    }
    return p;
}

static int set_segment(int entry, uintptr_t base, int contents) {
    struct user_desc d = {.entry_number = entry, .base_addr = base, .limit = 0xFFFF, .contents = contents, .useable = 1};
    return syscall(SYS_modify_ldt, 0x11, &d, sizeof d);
}

static void catch_signals(void) {
    stack_t stack = {.ss_sp = signal_stack, .ss_size = sizeof signal_stack};
    struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    static const int numbers[] = {SIGTRAP, SIGSEGV, SIGILL, SIGFPE, SIGBUS, SIGALRM};
    sigfillset(&action.sa_mask);
    if (sigaltstack(&stack, NULL) != 0) {
        die("sigaltstack");
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (sigaction(numbers[i], &action, NULL) != 0) {
            die("sigaction");
        }
    }
}

/* FS and GS become usable in 32-bit code too; the FS base is this program's own again. */
static void load_selectors(void) {
    uint64_t base;
    __asm__ volatile("rdfsbase %0; mov %1, %%fs; mov %1, %%gs; wrfsbase %0" : "=&r"(base) : "r"(USER_DS));
}

static int print_cpuid(void) {
    for (unsigned range = 0; range <= 0x80000000; range += 0x80000000) {
        for (unsigned leaf = range; leaf <= __get_cpuid_max(range, NULL); leaf++) {
            for (unsigned subleaf = 0; subleaf < 2; subleaf++) {
                unsigned a, b, c, d;
                __cpuid_count(leaf, subleaf, a, b, c, d);
                printf("%x %x %x %x %x %x\n", leaf, subleaf, a, b, c, d);
            }
        }
        if (range) {
            break;
        }
    }
    return 0;
}

int main(int count, char **arguments) {
    struct stat status;
    if (count != 2) {
        fprintf(stderr, "usage: silicon-runner EXCHANGE-FILE|cpuid\n");
        return 2;
    }
    if (!(getauxval(AT_HWCAP2) & 2)) {
        fprintf(stderr, "this kernel does not let programs set FS and GS bases\n");
        return 4;
    }
    if (strcmp(arguments[1], "cpuid") == 0) {
        return print_cpuid();
    }
    int file = open(arguments[1], O_RDWR);
    if (file < 0 || fstat(file, &status) != 0) {
        die(arguments[1]);
    }
    struct batch *batch = map(0, status.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, file);
    int page = memfd_create("code", 0);
    if (page < 0 || ftruncate(page, CODE_SIZE) != 0) {
        die("memfd_create");
    }
    code = map(0, CODE_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, page);
    memset(code, 0xCC, CODE_SIZE);
    map(CODE, CODE_SIZE, PROT_READ | PROT_EXEC, MAP_SHARED, page);
    map(WINDOW, WINDOW_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
    memset((void *) WINDOW, BACKGROUND, WINDOW_SIZE);
    map(HOST, 0x1000, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
    host->exit = (uintptr_t) leave;
    catch_signals();
    if (set_segment(0, CODE, MODIFY_LDT_CONTENTS_CODE) == 0 && set_segment(1, WINDOW, MODIFY_LDT_CONTENTS_DATA) == 0) {
        batch->abilities |= HAS_16BIT;
    }
    load_selectors();
    uint32_t cases;
    while (read(0, &cases, sizeof cases) == sizeof cases) {
        run_batch(batch, cases);
        if (write(1, &cases, sizeof cases) != sizeof cases) {
            return 1;
        }
    }
    return 0;
}
