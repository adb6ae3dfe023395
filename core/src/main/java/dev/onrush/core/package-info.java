/** What all of core shares: how mistakes in a definition are collected and told. */
@NullMarked
package dev.onrush.core;

import org.jspecify.annotations.NullMarked;
