package dev.onrush.http.internal.request;

import java.util.List;

/**
 * What was found on a page, to be fetched.
 *
 * @param action how each is fetched
 * @param home what was asked first: what proves who asks is for its server alone
 */
record FoundResources(HttpRequestAction action, Url home, List<Url> urls) {}
