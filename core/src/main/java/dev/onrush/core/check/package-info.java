/** Look at one response: accept it, refuse it, extract from it; knows bodies, not protocols. */
@NullMarked
package dev.onrush.core.check;

import org.jspecify.annotations.NullMarked;
