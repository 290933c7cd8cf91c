/*
 * Copyright (c) 2026 The Exitpoint authors.
 * SPDX-License-Identifier: EPL-2.0
 */
package org.exitpoint.platform.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.exitpoint.machine.HostInput;
import org.exitpoint.platform.snapshot.SnapshotReader;
import org.exitpoint.platform.snapshot.SnapshotWriter;
import org.junit.jupiter.api.Test;

class HostInputLogTest {
    private final MachineClock clock = new MachineClock();
    private final HostInputLog input = new HostInputLog(clock);
    private final List<String> seen = new ArrayList<>();

    HostInputLogTest() {
        input.receiver("uart0", data -> seen.add(clock.now() + ":" + new String(data, StandardCharsets.US_ASCII)));
    }

    private void offer(String text) {
        input.offer("uart0", text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void inputIsDeliveredAndStampedAtTheBoundary() {
        offer("a");
        offer("b");
        assertThat(seen).isEmpty();
        assertThat(input.pending()).isTrue();
        clock.advance(10);
        clock.advanceIdle(15);
        input.deliver();
        assertThat(seen).containsExactly("15:a", "15:b");
        assertThat(input.pending()).isFalse();
        assertThat(input.log()).extracting(HostInput.Entry::steps).containsExactly(10L, 10L);
        assertThat(input.log()).extracting(HostInput.Entry::now).containsExactly(15L, 15L);
    }

    @Test
    void offersOfManyThreadsAllArriveEachInItsOrder() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (char name = 'a'; name < 'e'; name++) {
            String text = String.valueOf(name);
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 1_000; i++) {
                    offer(text + i);
                }
            }));
        }
        while (threads.stream().anyMatch(Thread::isAlive)) {
            input.deliver();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        input.deliver();
        assertThat(seen).hasSize(4_000);
        for (char name = 'a'; name < 'e'; name++) {
            String prefix = "0:" + name;
            List<String> mine = seen.stream().filter(text -> text.startsWith(prefix)).toList();
            for (int i = 0; i < 1_000; i++) {
                assertThat(mine.get(i)).isEqualTo(prefix + i);
            }
        }
    }

    @Test
    void whatIsOfferedIsCopied() {
        byte[] data = {'x'};
        input.offer("uart0", data);
        data[0] = 'y';
        input.deliver();
        assertThat(seen).containsExactly("0:x");
    }

    @Test
    void channelsAreTakenByOneReceiver() {
        assertThatThrownBy(() -> input.offer("uart1", new byte[1])).hasMessageContaining("uart1");
        assertThatThrownBy(() -> input.receiver("uart0", _ -> { })).hasMessageContaining("uart0");
    }

    @Test
    void aReplayDeliversAtTheRecordedTimesAndOffersWait() {
        input.replay(List.of(entry(5, "a"), entry(5, "b"), entry(9, "c")));
        offer("live");
        assertThat(input.nextDelivery()).isEqualTo(5);
        for (int i = 0; i < 12; i++) {
            if (input.pending()) {
                input.deliver();
            }
            clock.advance(1);
        }
        assertThat(seen).containsExactly("5:a", "5:b", "9:c", "10:live");
        assertThat(input.nextDelivery()).isEqualTo(Long.MAX_VALUE);
        assertThat(input.log()).hasSize(4);
    }

    private static HostInput.Entry entry(long time, String text) {
        return new HostInput.Entry(time, time, "uart0", text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void anEarlierStateSeesTheSameInputAgainAndAForkDropsIt() {
        offer("a");
        input.deliver();
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        clock.save(new SnapshotWriter(saved));
        ByteArrayOutputStream place = new ByteArrayOutputStream();
        input.save(new SnapshotWriter(place));
        clock.advance(3);
        offer("b");
        input.deliver();

        clock.restore(reader(saved));
        input.restore(reader(place));
        assertThat(input.log()).hasSize(1);
        input.deliver();
        clock.advance(3);
        input.deliver();
        assertThat(seen).containsExactly("0:a", "3:b", "3:b");

        input.restore(reader(place));
        input.fork();
        clock.advance(3);
        input.deliver();
        assertThat(seen).hasSize(3);
        assertThat(input.nextDelivery()).isEqualTo(Long.MAX_VALUE);
    }

    private static SnapshotReader reader(ByteArrayOutputStream bytes) {
        return new SnapshotReader(new ByteArrayInputStream(bytes.toByteArray()));
    }

    @Test
    void aStateOfAnotherRunIsRefused() {
        offer("a");
        input.deliver();
        ByteArrayOutputStream place = new ByteArrayOutputStream();
        input.save(new SnapshotWriter(place));
        HostInputLog other = new HostInputLog(clock);
        assertThatThrownBy(() -> other.restore(reader(place))).hasMessageContaining("belongs to another run");
    }

    @Test
    void aReplayForAnUnknownChannelIsRefused() {
        HostInput.Entry entry = new HostInput.Entry(0, 0, "net0", new byte[1]);
        assertThatThrownBy(() -> input.replay(List.of(entry))).hasMessageContaining("net0");
    }
}
