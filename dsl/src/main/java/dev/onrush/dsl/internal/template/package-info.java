/** Texts with FreeMarker's language in them, for bodies. */
@NullMarked
package dev.onrush.dsl.internal.template;

import org.jspecify.annotations.NullMarked;
