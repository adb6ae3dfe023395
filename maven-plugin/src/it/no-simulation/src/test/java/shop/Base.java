package shop;

import dev.onrush.dsl.Simulation;

/** Abstract, so nothing to run. */
public abstract class Base extends Simulation {}
