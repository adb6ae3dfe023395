package dev.onrush.core.check;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.eventlog.ErrorClass;
import dev.onrush.core.session.Excerpt;
import dev.onrush.core.session.ExpressionCompiler;
import dev.onrush.core.session.UserSession;
import dev.onrush.core.setting.Settings;

/**
 * A check in one sentence: find (and transform), validate, save.
 *
 * @param name the author's name for it, null: the finder's
 * @param saveAs the attribute the value is saved as, null: none
 * @param logsActual whether a message tells what was found
 */
public record FoundCheck(
        Finder<?> finder,
        Validation validation,
        @Nullable String name,
        @Nullable String saveAs,
        boolean logsActual) implements Check {
    private static final int LONGEST_NAME = 80;

    public FoundCheck(Finder<?> finder, Validation validation) {
        this(finder, validation, null, null, true);
    }

    public FoundCheck named(String given) {
        return new FoundCheck(finder, validation, given, saveAs, logsActual);
    }

    public FoundCheck savedAs(String attribute) {
        return new FoundCheck(finder, validation, name, attribute, logsActual);
    }

    public FoundCheck loggingActual(boolean logs) {
        return new FoundCheck(finder, validation, name, saveAs, logs);
    }

    @Override
    public CheckScope scope() {
        return finder.scope();
    }

    @Override
    public boolean readsBody() {
        return finder.readsBody();
    }

    @Override
    public Set<BodyFact> bodyFacts() {
        return finder.bodyFacts();
    }

    @Override
    public Set<String> saves() {
        return saveAs == null ? Set.of() : Set.of(saveAs);
    }

    @Override
    public Set<String> reads() {
        Set<String> names = new LinkedHashSet<>(finder.reads());
        names.addAll(validation.reads());
        return names;
    }

    @Override
    public List<String> problems() {
        return Stream.of(
                        finder.problems(),
                        validation.problems(),
                        saveAs == null ? List.<String>of() : ExpressionCompiler.problemsOfFixed(saveAs))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public Check under(Settings settings) {
        return new FoundCheck(finder.under(settings), validation, name, saveAs, logsActual);
    }

    @Override
    public CheckResult run(CheckedResponse response, UserSession session) {
        try {
            Object found = finder.find(response, session);
            Object value = validation.validate(found, session);
            if (value instanceof Refusal refusal) {
                return CheckResult.failed(message(refusal, found));
            }
            return saveAs == null || value == Finder.NONE
                    ? CheckResult.HELD
                    : CheckResult.held(session.set(saveAs, value));
        } catch (CheckTimeoutException e) {
            return CheckResult.failed(ErrorClass.CHECK_TIMEOUT, Excerpt.of(shownName() + ": " + e.getMessage()));
        } catch (Throwable e) { // an author's function may throw anything, even a StackOverflowError
            return CheckResult.crashed(shownName(), e);
        }
    }

    private String shownName() {
        return Excerpt.of(name == null ? finder.name() : name, LONGEST_NAME);
    }

    private String message(Refusal refusal, @Nullable Object found) {
        String text = shownName() + ": expected " + refusal.expectation();
        if (!logsActual) {
            return Excerpt.of(text + ".");
        }
        String actual = found == Finder.NONE ? "nothing" : Excerpt.ofValue(found, Excerpt.LONGEST);
        String reason = refusal.reason().isEmpty() ? "." : " (" + refusal.reason() + ").";
        return Excerpt.of(text + ", found " + actual + reason);
    }
}
