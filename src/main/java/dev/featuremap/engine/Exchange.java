package dev.featuremap.engine;

import java.util.Arrays;

/**
 * Where the replicas of a step tell each other an array, each its own, and read all of them in the replicas' order: what they make of
 * them does not depend on who came first.
 */
final class Exchange {
    /** A replica's place in an exchange. */
    record Seat(Exchange exchange, int replica) {
        /** Of a replica that trains all examples by itself. */
        static final Seat ALONE = new Seat(null, 0);

        boolean isAlone() {
            return exchange == null;
        }

        /**
         * Gives the replica's array and waits for the others'; none may be changed before the next turn.
         *
         * @return those of all replicas that work on this step, in their order
         */
        float[][] all(float[] own) {
            return exchange.all(replica, own);
        }
    }

    private final ReplicaTeam team;
    /** By turns: one replica may be a turn ahead of another that still reads. */
    private final float[][][] told;

    Exchange(ReplicaTeam team) {
        this.team = team;
        told = new float[2][team.replicas()][];
    }

    private float[][] all(int replica, float[] own) {
        float[][] turn = told[team.meetings() & 1];
        turn[replica] = own;
        int present = team.meet();
        return Arrays.copyOf(turn, present);
    }
}
