/** What a user does: an immutable tree of steps, each of which compiles itself to actions. */
@NullMarked
package dev.onrush.core.scenario;

import org.jspecify.annotations.NullMarked;
