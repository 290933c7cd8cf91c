/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.exitpoint.debug.api.SessionException;
import org.exitpoint.debug.api.StaleStopException;
import org.exitpoint.debug.api.StepKind;
import org.exitpoint.debug.api.address.Address;
import org.exitpoint.debug.api.address.Space;
import org.exitpoint.debug.api.breakpoint.Breakpoint;
import org.exitpoint.debug.api.breakpoint.ContextSelector;
import org.exitpoint.debug.api.context.ContextId;
import org.exitpoint.debug.api.inspect.AccessKind;
import org.exitpoint.debug.api.inspect.InstructionText;
import org.exitpoint.debug.api.inspect.MemoryBytes;
import org.exitpoint.debug.api.inspect.PageWalkReport;
import org.exitpoint.debug.api.stop.Frame;
import org.exitpoint.debug.api.stop.Stop;
import org.exitpoint.debug.api.stop.StopReason;
import org.exitpoint.debug.machine.PlatformMachine;
import org.exitpoint.machine.HostInput;
import org.exitpoint.platform.EngineKind;
import org.exitpoint.platform.PcMachine;
import org.junit.jupiter.api.Test;

/** What every session promises, with machines that have no guests. */
class LocalSessionTest {
    /** Counts EAX up for ever. */
    private static final String COUNT = "31 c0  40  eb fd";
    private static final String ENDLESS = "eb fe";
    /** Calls a procedure twice: mov esp, 0x110000; call +4; call -1 ...; the procedure is inc ebx; ret. */
    private static final String CALLS = "bc 00 00 11 00  e8 07 00 00 00  e8 02 00 00 00  eb fe  43  c3";
    private static final ContextId ROOT = new ContextId.Root(0);
    private static final ContextSelector ANY = new ContextSelector.Any();

    private static Address linear(long offset) {
        return new Address(new Space.Linear(ROOT), offset);
    }

    private static long register(Stop stop, String name) {
        return stop.registers().stream().flatMap(group -> group.find(name).stream()).findFirst().orElseThrow().value();
    }

    private static Address position(Stop stop) {
        Frame.Code code = (Frame.Code) stop.frames().getFirst();
        return new Address(new Space.Linear(code.context()), code.instructionPointer());
    }

    @Test
    void aSessionBeginsBeforeTheFirstInstruction() {
        try (LocalSession session = CodeMachine.session(COUNT)) {
            Stop stop = Stops.of(session).stop();
            assertThat(stop.reason()).isEqualTo(new StopReason.Ready());
            assertThat(stop.steps()).isZero();
            assertThat(stop.current()).isEqualTo(ROOT);
            assertThat(position(stop)).isEqualTo(linear(CodeMachine.START));
            assertThat(session.contexts(stop.id())).singleElement()
                    .satisfies(context -> assertThat(context.name()).isEqualTo("root0"));
            assertThat(stop.vmcs()).isEmpty();
        }
    }

    @Test
    void stepsGoInstructionByInstruction() {
        try (LocalSession session = CodeMachine.session(COUNT)) {
            Stops stops = Stops.of(session);
            Stop before = stops.stop();
            session.step(0, StepKind.INTO);
            Stop first = stops.stop();
            session.step(0, StepKind.INTO);
            Stop second = stops.stop();
            session.step(0, StepKind.INTO);
            Stop third = stops.stop();
            assertThat(List.of(first, second, third)).extracting(Stop::reason).containsOnly(new StopReason.Step());
            assertThat(List.of(before, first, second, third)).extracting(LocalSessionTest::position).containsExactly(
                    linear(CodeMachine.START), linear(CodeMachine.START + 2), linear(CodeMachine.START + 3),
                    linear(CodeMachine.START + 2));
            assertThat(register(second, "RAX")).isEqualTo(1);
            assertThat(third.steps()).isEqualTo(3);
        }
    }

    @Test
    void aRunOfSoManyStepsEndsThere() {
        try (LocalSession session = CodeMachine.session(COUNT)) {
            Stops stops = Stops.of(session);
            stops.stop();
            session.resume(2001);
            Stop stop = stops.stop();
            assertThat(stop.reason()).isEqualTo(new StopReason.Limit());
            assertThat(stop.steps()).isEqualTo(2001);
            assertThat(register(stop, "RAX")).isEqualTo(1000);
        }
    }

    @Test
    void queriesNameTheirStopAndFailWhenItIsOver() {
        try (LocalSession session = CodeMachine.session(COUNT)) {
            Stops stops = Stops.of(session);
            Stop stop = stops.stop();
            assertThat(session.registers(stop.id(), ROOT)).isEqualTo(stop.registers());
            session.step(0, StepKind.INTO);
            Stop next = stops.stop();
            assertThatThrownBy(() -> session.registers(stop.id(), ROOT)).isInstanceOf(StaleStopException.class);
            assertThatThrownBy(() -> session.writeMemory(stop.id(), linear(0), new byte[1]))
                    .isInstanceOf(StaleStopException.class);
            assertThat(session.registers(next.id(), ROOT)).isEqualTo(next.registers());
        }
    }

    @Test
    void aRunningMachineAnswersAtOnceThatItRunsAndCanAlwaysBePaused() {
        try (LocalSession session = CodeMachine.session(ENDLESS)) {
            Stops stops = Stops.of(session);
            Stop stop = stops.stop();
            session.resume();
            assertThat(session.stop()).isEmpty();
            assertThatThrownBy(() -> session.contexts(stop.id())).isInstanceOf(StaleStopException.class);
            assertThatThrownBy(session::resume).hasMessage("the machine runs already");
            assertThatThrownBy(() -> session.step(0, StepKind.INTO)).hasMessage("the machine runs already");
            session.pause();
            assertThat(stops.next()).isEqualTo("resumed");
            assertThat(stops.stop().reason()).isEqualTo(new StopReason.Paused());
            session.pause();
            session.resume(5);
            assertThat(stops.stop().reason()).as("a pause of a machine that stands is none")
                    .isEqualTo(new StopReason.Limit());
        }
    }

    @Test
    void aBreakpointStopsBeforeItsInstructionAndLetsGo() {
        try (LocalSession session = CodeMachine.session(COUNT)) {
            Stops stops = Stops.of(session);
            stops.stop();
            int number = session.add(new Breakpoint.AtAddress(ANY, CodeMachine.START + 3));
            for (int round = 1; round <= 3; round++) {
                session.resume();
                Stop stop = stops.stop();
                assertThat(stop.reason()).isEqualTo(new StopReason.AtBreakpoint(number));
                assertThat(position(stop)).isEqualTo(linear(CodeMachine.START + 3));
                assertThat(register(stop, "RAX")).isEqualTo(round);
            }
            session.remove(number);
            session.resume(100);
            assertThat(stops.stop().reason()).isEqualTo(new StopReason.Limit());
            assertThatThrownBy(() -> session.remove(number)).hasMessage("there is no breakpoint " + number);
        }
    }

    @Test
    void aBreakpointOfAnotherContextDoesNotStop() {
        try (LocalSession session = CodeMachine.session(COUNT)) {
            Stops stops = Stops.of(session);
            stops.stop();
            session.add(new Breakpoint.AtAddress(new ContextSelector.Named("guest1"), CodeMachine.START + 3));
            session.resume(10);
            assertThat(stops.stop().reason()).isEqualTo(new StopReason.Limit());
        }
    }

    @Test
    void overPassesCallsAndReturnLeavesThem() {
        try (LocalSession session = CodeMachine.session(CALLS)) {
            Stops stops = Stops.of(session);
            stops.stop();
            session.step(0, StepKind.INTO);
            stops.stop();
            session.step(0, StepKind.OVER);
            Stop over = stops.stop();
            assertThat(position(over)).isEqualTo(linear(CodeMachine.START + 10));
            assertThat(register(over, "RBX") & 1).as("the procedure was executed").isEqualTo(1);
            session.step(0, StepKind.INTO);
            Stop into = stops.stop();
            assertThat(position(into)).isEqualTo(linear(CodeMachine.START + 17));
            session.step(0, StepKind.RETURN);
            assertThat(position(stops.stop())).isEqualTo(linear(CodeMachine.START + 15));
        }
    }

    @Test
    void memoryIsReadWhereItIsAndMarkedWhereItIsNot() {
        try (LocalSession session = CodeMachine.session(ENDLESS)) {
            Stop stop = Stops.of(session).stop();
            MemoryBytes code = session.readMemory(stop.id(), linear(CodeMachine.START), 2);
            assertThat(code.bytes()).containsExactly(0xeb, 0xfe);
            assertThat(code.reason()).isEmpty();
            MemoryBytes physical = session.readMemory(stop.id(), session.parseAddress(stop.id(), "hpa:100020"), 2);
            assertThat(physical.bytes()).isEqualTo(code.bytes());
            MemoryBytes edge = session.readMemory(stop.id(), linear((4 << 20) - 2), 4);
            assertThat(edge.readablePrefix()).isEqualTo(2);
            assertThat(edge.reason()).isEqualTo("hpa:0x400000 has no memory");
            assertThatThrownBy(() -> session.readMemory(stop.id(), linear(0), -1)).isInstanceOf(SessionException.class);
        }
    }

    @Test
    void registersOfTheLocalApicAreReadWithoutEffect() {
        try (LocalSession session = CodeMachine.session(ENDLESS)) {
            Stop stop = Stops.of(session).stop();
            MemoryBytes version = session.readMemory(stop.id(), linear(0xfee0_0030L), 4);
            assertThat(version.reason()).isEmpty();
            assertThat(version.bytes()[0]).as("version of an integrated APIC").isBetween((byte) 0x10, (byte) 0x15);
            assertThat(version.bytes()[2]).as("last entry of the local vector table").isPositive();
        }
    }

    @Test
    void whatTheDebuggerWritesTheProcessorExecutes() {
        PcMachine machine = CodeMachine.of(ENDLESS, EngineKind.INTERPRETER);
        try (LocalSession session = new LocalSession(PlatformMachine.of(machine), Optional.empty())) {
            Stops stops = Stops.of(session);
            stops.stop();
            session.resume(7);
            Stop stop = stops.stop();
            session.writeMemory(stop.id(), linear(CodeMachine.START), new byte[] {0x43, 0x43});
            session.writeRegister(stop.id(), ROOT, "rbx", 0x7fff_ffff_ffffL);
            session.step(0, StepKind.INTO);
            assertThat(register(stops.stop(), "RBX")).as("INC EBX clears the upper half").isEqualTo(0);
            assertThat(machine.input().log()).extracting(HostInput.Entry::steps).containsExactly(7L, 7L);
        }
    }

    @Test
    void writesThatCannotBeAreRefusedInASentence() {
        try (LocalSession session = CodeMachine.session(ENDLESS)) {
            Stop stop = Stops.of(session).stop();
            long id = stop.id();
            assertThatThrownBy(() -> session.writeRegister(id, ROOT, "RXX", 0))
                    .hasMessage("there is no register \"RXX\"; did you mean RAX?");
            assertThatThrownBy(() -> session.writeRegister(id, ROOT, "CS", 0x10000))
                    .hasMessage("0x10000 has more than the 16 bits of CS");
            assertThatThrownBy(() -> session.writeMemory(id, linear((4 << 20) - 2), new byte[4]))
                    .hasMessage("hpa:0x400000 is not memory");
            assertThatThrownBy(() -> session.registers(id, new ContextId.Root(1)))
                    .hasMessage("there is no processor 1");
            assertThatThrownBy(() -> session.vmcs(id, new ContextId.Guest(0x1000, 0)))
                    .hasMessage("there is no guest with VMCS at 0x1000");
            assertThatThrownBy(() -> session.parseAddress(id, "root1:0"))
                    .isInstanceOf(SessionException.class).hasMessageContaining("there is no context \"root1\"");
            assertThatThrownBy(() -> session.walk(id, session.parseAddress(id, "hpa:0"), AccessKind.READ))
                    .hasMessage("host-physical addresses are not translated");
        }
    }

    @Test
    void withoutPagingAWalkHasNoSteps() {
        try (LocalSession session = CodeMachine.session(ENDLESS)) {
            Stop stop = Stops.of(session).stop();
            PageWalkReport walk = session.walk(stop.id(), linear(0x1234), AccessKind.WRITE);
            assertThat(walk.steps()).isEmpty();
            assertThat(walk.hostPhysical()).hasValue(0x1234);
            assertThat(walk.outcome()).isEqualTo("hpa:0x1234, paging is off");
        }
    }

    @Test
    void codeIsDisassembled() {
        try (LocalSession session = CodeMachine.session(COUNT)) {
            Stop stop = Stops.of(session).stop();
            List<InstructionText> code = session.disassemble(stop.id(), linear(CodeMachine.START), 3);
            assertThat(code).extracting(InstructionText::text).containsExactly("xor eax,eax", "inc eax",
                    "jmp 0x100022");
            assertThat(code).extracting(InstructionText::bytes).containsExactly("31c0", "40", "ebfd");
            assertThat(code).extracting(InstructionText::address).containsExactly(linear(CodeMachine.START),
                    linear(CodeMachine.START + 2), linear(CodeMachine.START + 3));
        }
    }

    @Test
    void aRunThatIsOverCannotGoOn() {
        try (LocalSession session = CodeMachine.session("0f 0b")) {
            Stops stops = Stops.of(session);
            stops.stop();
            session.resume();
            assertThat(stops.stop().reason()).isInstanceOf(StopReason.Shutdown.class);
            assertThatThrownBy(session::resume).hasMessage("the run is over");
        }
    }

    @Test
    void twoSessionsDoNotDisturbEachOther() {
        try (LocalSession one = CodeMachine.session(COUNT); LocalSession other = CodeMachine.session(COUNT)) {
            Stops stops = Stops.of(one);
            Stops others = Stops.of(other);
            stops.stop();
            others.stop();
            one.resume(101);
            other.resume(201);
            assertThat(register(stops.stop(), "RAX")).isEqualTo(50);
            assertThat(register(others.stop(), "RAX")).isEqualTo(100);
        }
    }

    @Test
    void theEndOfASessionIsToldOnceAndEndsARun() {
        LocalSession session = CodeMachine.session(ENDLESS);
        Stops stops = Stops.of(session);
        stops.stop();
        session.resume();
        session.close();
        session.close();
        Object event = stops.next();
        while (!event.equals("terminated: ")) {
            event = stops.next();
        }
        stops.assertNone();
        assertThatThrownBy(session::resume).hasMessage("the session is closed");
    }

    @Test
    void lookingAroundDoesNotChangeTheRun() {
        try (LocalSession quiet = CodeMachine.session(COUNT); LocalSession watched = CodeMachine.session(COUNT)) {
            Stops quietStops = Stops.of(quiet);
            Stops watchedStops = Stops.of(watched);
            quietStops.stop();
            Stop stop = watchedStops.stop();
            for (int i = 0; i < 50; i++) {
                watched.readMemory(stop.id(), linear(0xb8000), 0x100);
                watched.readMemory(stop.id(), new Address(new Space.HostPhysical(), 0xfee0_0000L), 0x100);
                watched.walk(stop.id(), linear(i), AccessKind.WRITE);
                watched.disassemble(stop.id(), linear(CodeMachine.START), 5);
                watched.resume(2);
                stop = watchedStops.stop();
            }
            quiet.resume(100);
            Stop end = quietStops.stop();
            assertThat(stop.registers()).isEqualTo(end.registers());
            assertThat(stop.steps()).isEqualTo(end.steps());
        }
    }
}
