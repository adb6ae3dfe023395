package dev.onrush.report.compare;

import java.util.SplittableRandom;

/**
 * Circular block bootstrap: how often each slice of a side counts, replication by replication. With several runs on a side runs
 * are drawn first, then blocks within them, so that what differs from run to run counts as well.
 */
final class BlockResampling {
    private BlockResampling() {}

    static int[][] weights(Side side, int blocks, int replications, SplittableRandom random) {
        int[][] weights = new int[replications][side.slices()];
        int runs = side.runs().size();
        for (int[] replication : weights) {
            for (int i = 0; i < runs; i++) {
                int run = runs == 1 ? 0 : random.nextInt(runs);
                draw(replication, side.offset(run), side.length(run), blocks, random);
            }
        }
        return weights;
    }

    private static void draw(int[] weights, int offset, int length, int blocks, SplittableRandom random) {
        int block = (length + blocks - 1) / blocks;
        for (int drawn = 0; drawn < length; drawn += block) {
            int start = random.nextInt(length);
            int size = Math.min(block, length - drawn);
            for (int i = 0; i < size; i++) {
                weights[offset + (start + i) % length]++;
            }
        }
    }
}
