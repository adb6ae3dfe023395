/** When users start: profiles turned into intended start times; pure arithmetic. */
@NullMarked
package dev.onrush.core.injection;

import org.jspecify.annotations.NullMarked;
