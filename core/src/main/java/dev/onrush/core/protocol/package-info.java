/** What a protocol must offer to the engine. */
@NullMarked
package dev.onrush.core.protocol;

import org.jspecify.annotations.NullMarked;
