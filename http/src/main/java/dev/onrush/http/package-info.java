/** HTTP for test authors: the protocol, its requests, checks and cookies. */
@NullMarked
package dev.onrush.http;

import org.jspecify.annotations.NullMarked;
