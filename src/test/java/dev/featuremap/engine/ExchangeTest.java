package dev.featuremap.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.featuremap.backend.Backend;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExchangeTest {
    @BeforeAll
    static void startTheBackendWhoseThreadsAreCounted() {
        Backend.start();
    }

    @Test
    void everyReplicaReadsAllArraysInTheSameOrder() {
        try (ReplicaTeam team = new ReplicaTeam(5)) {
            Exchange exchange = new Exchange(team);
            AtomicInteger right = new AtomicInteger();
            for (int run = 0; run < 20; run++) {
                int present = 2 + run % 4;
                team.run(present, replica -> {
                    Exchange.Seat seat = new Exchange.Seat(exchange, replica);
                    for (int turn = 0; turn < 50; turn++) {
                        float[][] all = seat.all(new float[] {replica, turn});
                        assertThat(all).hasNumberOfRows(present);
                        for (int i = 0; i < present; i++) {
                            assertThat(all[i]).containsExactly(i, turn);
                        }
                    }
                    right.incrementAndGet();
                });
            }
            assertThat(right).hasValue(5 * (2 + 3 + 4 + 5));
        }
    }

    @Test
    void aReplicaThatFailsEndsThoseThatWaitForIt() {
        try (ReplicaTeam team = new ReplicaTeam(3)) {
            Exchange exchange = new Exchange(team);
            for (int failing = 0; failing < 3; failing++) {
                int chosen = failing;
                assertThatThrownBy(() -> team.run(3, replica -> {
                            if (replica == chosen) {
                                throw new IllegalStateException("replica " + chosen);
                            }
                            new Exchange.Seat(exchange, replica).all(new float[1]);
                        }))
                        .hasMessage("replica " + chosen);
            }
            team.run(
                    3,
                    replica -> assertThat(new Exchange.Seat(exchange, replica).all(new float[] {replica}))
                            .isDeepEqualTo(new float[][] {{0}, {1}, {2}}));
        }
    }
}
