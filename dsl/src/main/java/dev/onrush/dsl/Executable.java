package dev.onrush.dsl;

/** Anything a user can do: a chain, or an action such as an HTTP request. */
public interface Executable {
    /** The chain of just this. */
    ChainBuilder toChainBuilder();
}
