/** Run it: virtual-user actors, event loops, injectors, throttle, graceful stop. */
@NullMarked
package dev.onrush.core.engine;

import org.jspecify.annotations.NullMarked;
