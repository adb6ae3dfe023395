/** What can be set from outside a simulation: each setting's name, type, default and where its value came from. */
@NullMarked
package dev.onrush.core.setting;

import org.jspecify.annotations.NullMarked;
