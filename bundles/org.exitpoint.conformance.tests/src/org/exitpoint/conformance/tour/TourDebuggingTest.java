/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.conformance.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.exitpoint.arch.vmx.ExitFilter;
import org.exitpoint.arch.vmx.VmcsField;
import org.exitpoint.debug.LocalSession;
import org.exitpoint.debug.api.StepKind;
import org.exitpoint.debug.api.address.Address;
import org.exitpoint.debug.api.address.Space;
import org.exitpoint.debug.api.breakpoint.Breakpoint.AnyVmExit;
import org.exitpoint.debug.api.breakpoint.Breakpoint.AtAddress;
import org.exitpoint.debug.api.breakpoint.Breakpoint.EntryFailureBreakpoint;
import org.exitpoint.debug.api.breakpoint.Breakpoint.VmEntryBreakpoint;
import org.exitpoint.debug.api.breakpoint.Breakpoint.VmExitBreakpoint;
import org.exitpoint.debug.api.breakpoint.ContextSelector;
import org.exitpoint.debug.api.context.Context;
import org.exitpoint.debug.api.context.ContextId;
import org.exitpoint.debug.api.inspect.AccessKind;
import org.exitpoint.debug.api.inspect.ExitInformation;
import org.exitpoint.debug.api.inspect.PageWalkReport;
import org.exitpoint.debug.api.inspect.RegisterGroup;
import org.exitpoint.debug.api.inspect.VmcsFieldValue;
import org.exitpoint.debug.api.inspect.WalkStep;
import org.exitpoint.debug.api.stop.Frame;
import org.exitpoint.debug.api.stop.Stop;
import org.exitpoint.debug.api.stop.StopReason;
import org.junit.jupiter.api.Test;

/** Sessions with a hypervisor and its guests: where stops stand, how steps cross entries and exits, what views show. */
class TourDebuggingTest {
    private static final ContextSelector ANY = new ContextSelector.Any();
    private static final ContextId ROOT = new ContextId.Root(0);
    private static final long GUEST_START = 0x20_0000;
    private static final long GUEST_CPUID = 0x20_00af;

    private static VmExitBreakpoint exit(String filter) {
        return new VmExitBreakpoint(ANY, ExitFilter.parse(filter));
    }

    private static long value(List<RegisterGroup> groups, String register) {
        return groups.stream().flatMap(group -> group.find(register).stream()).findFirst().orElseThrow().value();
    }

    private static long value(Stop stop, VmcsField field) {
        return stop.vmcs().stream().filter(value -> value.field() == field).findFirst().orElseThrow().value();
    }

    private static String next(TourSession tour, Stop stop) {
        Address address = new Address(new Space.Linear(stop.current()), TourSession.position(stop));
        return tour.session().disassemble(stop.id(), address, 1).getFirst().text();
    }

    /** Steps executed before the first VM entry: VMLAUNCH is the next. */
    private static long stepsToLaunch() {
        try (TourSession tour = new TourSession()) {
            return tour.runTo(new VmEntryBreakpoint(ANY)).steps() - 1;
        }
    }

    /** A session that stands at the first instruction that a guest cannot execute itself. */
    private static TourSession atGuestCpuid() {
        long steps;
        try (TourSession tour = new TourSession()) {
            steps = ((StopReason.VmExit) tour.runTo(exit("CPUID")).reason()).exit().steps();
        }
        TourSession tour = new TourSession();
        Stop stop = tour.resume(steps);
        assertThat(stop.current()).isInstanceOf(ContextId.Guest.class);
        assertThat(TourSession.position(stop)).isEqualTo(GUEST_CPUID);
        assertThat(next(tour, stop)).isEqualTo("cpuid");
        return tour;
    }

    @Test
    void aStopAtAnEntryStandsBeforeTheGuestsFirstInstruction() {
        try (TourSession tour = new TourSession()) {
            Stop stop = tour.runTo(new VmEntryBreakpoint(ANY));
            assertThat(stop.reason()).isInstanceOfSatisfying(StopReason.VmEntry.class, entry -> {
                assertThat(entry.launch()).isTrue();
                assertThat(entry.guest()).isEqualTo(stop.current());
            });
            assertThat(TourSession.position(stop)).isEqualTo(GUEST_START);
            assertThat(stop.subject()).isEmpty();
            assertThat(stop.frames()).hasSize(3);
            assertThat(tour.runTo(new VmEntryBreakpoint(ANY)).reason())
                    .isInstanceOfSatisfying(StopReason.VmEntry.class, entry -> assertThat(entry.launch()).isFalse());
        }
    }

    @Test
    void aStopAtAnExitStandsAtTheHostsEntryPoint() {
        try (TourSession tour = new TourSession()) {
            Stop stop = tour.runTo(exit("CPUID"));
            assertThat(stop.current()).isEqualTo(ROOT);
            assertThat(TourSession.position(stop)).isEqualTo(value(stop, VmcsField.HOST_RIP));
            assertThat(value(stop.registers(), "RSP")).isEqualTo(value(stop, VmcsField.HOST_RSP));
            ExitInformation exit = ((StopReason.VmExit) stop.reason()).exit();
            assertThat(exit.guestRip()).isEqualTo(GUEST_CPUID);
            assertThat(exit.instruction().orElseThrow().text()).isEqualTo("cpuid");
            assertThat(stop.steps()).as("the exit is a step").isEqualTo(exit.steps() + 1);
            assertThat(stop.frames().get(1)).isEqualTo(new Frame.Boundary(exit.guest(), "VM exit CPUID from guest1"));
        }
    }

    @Test
    void intoVmlaunchIsTheGuestAndOverItTheNextExit() {
        long steps = stepsToLaunch();
        try (TourSession into = new TourSession(); TourSession over = new TourSession()) {
            Stop before = into.resume(steps);
            assertThat(next(into, before)).isEqualTo("vmlaunch");
            Stop inside = into.step(StepKind.INTO);
            assertThat(inside.reason()).isInstanceOf(StopReason.VmEntry.class);
            assertThat(TourSession.position(inside)).isEqualTo(GUEST_START);
            over.resume(steps);
            Stop after = over.step(StepKind.OVER);
            assertThat(after.current()).isEqualTo(ROOT);
            assertThat(after.reason()).isInstanceOfSatisfying(StopReason.VmExit.class,
                    exit -> assertThat(exit.exit().name()).isEqualTo("CPUID"));
            assertThat(TourSession.position(after)).isEqualTo(value(after, VmcsField.HOST_RIP));
        }
    }

    @Test
    void intoAnInterceptedInstructionIsTheHost() {
        try (TourSession tour = atGuestCpuid()) {
            Stop stop = tour.step(StepKind.INTO);
            assertThat(stop.current()).isEqualTo(ROOT);
            assertThat(stop.reason()).isInstanceOf(StopReason.VmExit.class);
            assertThat(TourSession.position(stop)).isEqualTo(value(stop, VmcsField.HOST_RIP));
        }
    }

    @Test
    void overAnInterceptedInstructionIsTheNextOneOfTheGuest() {
        try (TourSession tour = atGuestCpuid()) {
            Stop stop = tour.step(StepKind.OVER);
            assertThat(stop.reason()).isEqualTo(new StopReason.Step());
            assertThat(stop.current()).isInstanceOf(ContextId.Guest.class);
            assertThat(TourSession.position(stop)).isEqualTo(GUEST_CPUID + 2);
        }
    }

    @Test
    void returnInAGuestIsItsNextExit() {
        try (TourSession tour = new TourSession()) {
            tour.runTo(new VmEntryBreakpoint(ANY));
            Stop stop = tour.step(StepKind.RETURN);
            assertThat(stop.reason()).isInstanceOfSatisfying(StopReason.VmExit.class,
                    exit -> assertThat(exit.exit().guestRip()).isEqualTo(GUEST_CPUID));
        }
    }

    @Test
    void aVmcsThatIsCurrentNowhereIsParked() {
        try (TourSession tour = new TourSession()) {
            Stop stop = tour.runTo(exit("EXTERNAL_INTERRUPT"));
            LocalSession session = tour.session();
            List<Context> contexts = session.contexts(stop.id());
            Context parked = contexts.stream().filter(context -> context.state() == Context.State.PARKED).findFirst()
                    .orElseThrow();
            ContextId.Guest guest = (ContextId.Guest) parked.id();
            assertThat(stop.subject()).isPresent().isNotEqualTo(Optional.of(guest));
            assertThat(parked.vcpu()).isEmpty();
            List<RegisterGroup> registers = session.registers(stop.id(), guest);
            assertThat(registers).allMatch(group -> group.snapshotSteps().equals(parked.lastExitSteps()));
            long rip = session.vmcs(stop.id(), guest).stream().filter(field -> field.field() == VmcsField.GUEST_RIP)
                    .findFirst().orElseThrow().value();
            assertThat(value(registers, "RIP")).isEqualTo(rip);
            assertThatThrownBy(() -> session.writeRegister(stop.id(), guest, "RAX", 1))
                    .hasMessage("RAX is in no VMCS: it can be written only while its context runs");
            session.writeRegister(stop.id(), guest, "RIP", rip + 1);
            assertThat(value(session.registers(stop.id(), guest), "RIP")).isEqualTo(rip + 1);
        }
    }

    @Test
    void everyFieldThatTheHypervisorWroteHasItsWriter() {
        try (TourSession tour = new TourSession()) {
            Stop stop = tour.runTo(exit("HLT"));
            VmcsFieldValue rip = stop.vmcs().stream().filter(field -> field.field() == VmcsField.GUEST_RIP).findFirst()
                    .orElseThrow();
            assertThat(rip.writer()).isPresent();
            assertThat(rip.writer().get().context()).contains(ROOT);
            Address writer = new Address(new Space.Linear(ROOT), rip.writer().get().rip());
            assertThat(tour.session().disassemble(stop.id(), writer, 1).getFirst().text()).startsWith("vmwrite ");
            assertThat(stop.vmcs()).filteredOn(field -> field.field() == VmcsField.EXIT_REASON)
                    .allMatch(field -> field.writer().isEmpty());
        }
    }

    @Test
    void aBreakpointInAGuestStopsInItOnly() {
        try (TourSession tour = new TourSession()) {
            tour.runTo(exit("CPUID"));
            int number = tour.session().add(new AtAddress(new ContextSelector.Named("guest1"), GUEST_CPUID + 2));
            tour.session().add(new AtAddress(new ContextSelector.AnyRoot(), GUEST_CPUID + 3));
            Stop stop = tour.resume();
            assertThat(stop.reason()).isEqualTo(new StopReason.AtBreakpoint(number));
            assertThat(stop.current()).isInstanceOf(ContextId.Guest.class);
            tour.session().remove(number);
            assertThat(tour.runTo(exit("HLT")).reason()).isInstanceOf(StopReason.VmExit.class);
        }
    }

    @Test
    void aPauseStopsInsideAnEndlessGuest() {
        try (TourSession tour = new TourSession()) {
            Stop entry = tour.runTo(new VmEntryBreakpoint(ANY));
            Address code = new Address(new Space.Linear(entry.current()), GUEST_START);
            tour.session().writeMemory(entry.id(), code, new byte[] {(byte) 0xeb, (byte) 0xfe});
            Stop stop = tour.pause();
            assertThat(stop.reason()).isEqualTo(new StopReason.Paused());
            assertThat(stop.current()).isEqualTo(entry.current());
            assertThat(TourSession.position(stop)).isEqualTo(GUEST_START);
            assertThat(next(tour, stop)).isEqualTo(String.format(Locale.ROOT, "jmp 0x%x", GUEST_START));
        }
    }

    @Test
    void whatIsWrittenIntoTheVmcsTheNextEntryLoads() {
        try (TourSession tour = new TourSession()) {
            Stop exit = tour.runTo(exit("CPUID"));
            ContextId.Guest guest = (ContextId.Guest) exit.subject().orElseThrow();
            tour.session().writeVmcs(exit.id(), guest, VmcsField.GUEST_RFLAGS, 0x8002);
            assertThat(tour.runTo(new EntryFailureBreakpoint(ANY))
                    .reason()).isInstanceOfSatisfying(StopReason.EntryFailure.class, failure -> assertThat(
                            failure.checks()).extracting(check -> check.check().name())
                            .containsExactly("GUEST_RFLAGS_RESERVED_BITS"));
        }
    }

    @Test
    void aWalkGoesThroughBothDimensionsAndPredictsTheExit() {
        try (TourSession tour = new TourSession()) {
            Stop stop = tour.runTo(exit("EPT_VIOLATION"));
            ExitInformation exit = ((StopReason.VmExit) stop.reason()).exit();
            long linear = value(stop, VmcsField.GUEST_LINEAR_ADDRESS);
            PageWalkReport walk = tour.session().walk(stop.id(),
                    new Address(new Space.Linear(exit.guest()), linear), AccessKind.READ);
            assertThat(walk.steps()).filteredOn(step -> !step.nested()).extracting(WalkStep::structure)
                    .containsExactly("PML4E", "PDPTE", "PDE", "PTE");
            assertThat(walk.guestPhysical()).hasValue(value(stop, VmcsField.GUEST_PHYSICAL_ADDRESS));
            assertThat(walk.hostPhysical()).isEmpty();
            assertThat(walk.outcome()).startsWith("EPT violation at guest-physical 0x80000000: read");
            PageWalkReport code = tour.session().walk(stop.id(),
                    new Address(new Space.Linear(exit.guest()), exit.guestRip()), AccessKind.FETCH);
            assertThat(code.hostPhysical()).isPresent();
            Address host = new Address(new Space.HostPhysical(), code.hostPhysical().getAsLong());
            assertThat(tour.session().readMemory(stop.id(), host, 4).bytes()).isEqualTo(tour.session()
                    .readMemory(stop.id(), new Address(new Space.Linear(exit.guest()), exit.guestRip()), 4).bytes());
        }
    }

    @Test
    void everyViewOpenAtEveryExitChangesNothing() {
        try (TourSession plain = new TourSession(); TourSession watched = new TourSession()) {
            Stop end = plain.resume();
            LocalSession session = watched.session();
            session.add(new AnyVmExit(ANY));
            Stop stop = watched.resume();
            int exits = 0;
            while (!stop.reason().isFinal()) {
                exits++;
                long id = stop.id();
                for (Context context : session.contexts(id)) {
                    session.registers(id, context.id());
                    Address code = new Address(new Space.Linear(context.id()), GUEST_START);
                    session.walk(id, code, AccessKind.WRITE);
                    session.readMemory(id, code, 0x2000);
                    session.disassemble(id, code, 20);
                    if (context.id() instanceof ContextId.Guest guest) {
                        session.vmcs(id, guest);
                        session.walk(id, new Address(new Space.GuestPhysical(guest), 0x8000_0000L), AccessKind.READ);
                    }
                }
                session.readMemory(id, new Address(new Space.HostPhysical(), 0xfee0_0000L), 0x400);
                stop = watched.resume();
            }
            assertThat(exits).isGreaterThan(50);
            assertThat(stop.reason()).isEqualTo(new StopReason.GuestExit(0)).isEqualTo(end.reason());
            assertThat(stop.steps()).isEqualTo(end.steps());
            assertThat(watched.trace()).isEqualTo(plain.trace()).isNotEmpty();
            assertThat(session.exitLog(0, Integer.MAX_VALUE)).isEqualTo(
                    plain.session().exitLog(0, Integer.MAX_VALUE)).hasSameSizeAs(plain.trace().lines().toList());
        }
    }
}
