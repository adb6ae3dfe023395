package dev.onrush.dsl;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.check.Check;
import dev.onrush.core.check.CheckCondition;
import dev.onrush.core.check.ConditionalCheck;
import dev.onrush.core.check.Finder;
import dev.onrush.core.check.MultipleFinder;
import dev.onrush.core.feeder.Feeder;
import dev.onrush.core.feeder.RecordSource;
import dev.onrush.core.session.Expression;
import dev.onrush.core.session.UserSession;
import dev.onrush.core.setting.Settings;

/** For modules that add a protocol: between the author's types and those of core. Not for simulations. */
public final class Bridge {
    private Bridge() {}

    /** A session as an author's function sees it. */
    public static Session session(UserSession session) {
        return new Session(session);
    }

    public static UserSession session(Session session) {
        return session.core;
    }

    /** An author's function; a {@link Body} among them keeps what it knows about itself. */
    public static <T> Expression<T> function(Function<Session, ? extends T> function) {
        return SessionFunction.of(function);
    }

    /** Whether that filter has no pattern, and so says nothing. */
    public static boolean isEmpty(Filter filter) {
        return filter.isEmpty();
    }

    /** Whether one of its patterns matches the whole of that URL. */
    public static boolean matches(Filter filter, String url) {
        return filter.matches(url);
    }

    public static Check check(CheckBuilder builder) {
        return builder.check();
    }

    public static List<Check> checks(List<? extends CheckBuilder> builders) {
        return builders.stream().map(CheckBuilder::check).toList();
    }

    /** Checks that are run only if that condition holds. */
    public static List<Check> checksIf(CheckCondition condition, List<? extends CheckBuilder> builders) {
        return ConditionalCheck.of(condition, checks(builders));
    }

    /** The beginning of a check's sentence about one value. */
    public static <T> CheckBuilder.Find<T> find(Finder<T> finder) {
        return new CheckBuilder.Find<>(finder);
    }

    /** The beginning of a check's sentence about any number of values. */
    public static <T> CheckBuilder.MultipleFind<T> multipleFind(MultipleFinder<T> finder) {
        return new CheckBuilder.MultipleFind<>(finder);
    }

    /** As {@link #multipleFind}, for matches of a pattern; {@code groups} gives the finder of so many groups. */
    public static CheckBuilder.CaptureGroupCheckBuilder captureGroups(
            MultipleFinder<String> finder, Function<Integer, MultipleFinder<List<String>>> groups) {
        return new CheckBuilder.CaptureGroupCheckBuilder(finder, groups);
    }

    /** A feeder of records from wherever that is. */
    public static FeederBuilder<Object> records(RecordSource source) {
        return FeederBuilder.of(source);
    }

    public static Feeder feeder(FeederBuilder<?> builder) {
        return builder.feeder();
    }

    /** The text of a body under those settings; files of fixed path are read here, and what is wrong is a problem of the expression. */
    @SuppressWarnings("unchecked") // a body of text
    public static Expression<String> text(Body.WithString body, Settings settings) {
        return (Expression<String>) body.content(settings);
    }

    /** As {@link #text}, for the bytes of any body, a text in UTF-8: not to be changed. */
    public static Expression<byte[]> bytes(Body body, Settings settings) {
        return bytes(body, settings, StandardCharsets.UTF_8);
    }

    /** As {@link #bytes(Body, Settings)}, a text in that charset. */
    public static Expression<byte[]> bytes(Body body, Settings settings, Charset charset) {
        return body.bytes(settings, charset);
    }

    /** The content coding of a body's bytes; null if there is none. */
    public static @Nullable String coding(Body body) {
        return body.coding();
    }

    /** A body of what a protocol made itself. */
    public static Body body(Expression<byte[]> bytes) {
        return Body.ofBytes(bytes);
    }
}
