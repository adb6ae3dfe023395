/** One virtual user's variables, immutable; {@code #{name}} expressions over them, compiled once. */
@NullMarked
package dev.onrush.core.session;

import org.jspecify.annotations.NullMarked;
