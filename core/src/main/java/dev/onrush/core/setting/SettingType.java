package dev.onrush.core.setting;

import java.time.Duration;
import java.util.List;

import dev.onrush.core.Segment;

/** What a setting's text must look like. */
enum SettingType {
    TEXT("any text") {
        @Override
        void read(String text) {}
    },
    NUMBER("a whole number of 0 or more") {
        @Override
        void read(String text) {
            if (Long.parseLong(text) < 0) {
                throw new NumberFormatException("negative");
            }
        }
    },
    RATE("a number of 0 or more") {
        @Override
        void read(String text) {
            if (!(Double.parseDouble(text) >= 0)) {
                throw new NumberFormatException("negative or NaN");
            }
        }
    },
    PERCENTILE("a number from 0 to 100") {
        @Override
        void read(String text) {
            double percentile = Double.parseDouble(text);
            if (!(percentile >= 0 && percentile <= 100)) {
                throw new NumberFormatException("out of range");
            }
        }
    },
    FLAG("true or false") {
        @Override
        void read(String text) {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException("neither");
            }
        }
    },
    REPORT_FILES(
            "all, or some of page, summary, junit, requests, timeline, errors, markdown, histograms (with commas)") {
        @Override
        void read(String text) {
            List<String> words = List.of(
                    "page", "summary", "junit", "requests", "timeline", "errors", "markdown", "histograms", "all");
            for (String word : text.split(",", -1)) {
                if (!words.contains(word.strip())) {
                    throw new IllegalArgumentException("no such file");
                }
            }
        }
    },
    SEED("a whole number") {
        @Override
        void read(String text) {
            if (!text.isEmpty()) {
                Long.parseLong(text);
            }
        }
    },
    SEGMENT("i/n such as 0/3 (i counts the n generators from 0)") {
        @Override
        void read(String text) {
            Segment.parse(text);
        }
    },
    DURATION("a duration such as 250ms, 10s, 5m or 1h") {
        @Override
        void read(String text) {
            Duration duration = Durations.parse(text);
            if (duration.isNegative()) {
                throw new IllegalArgumentException("negative");
            }
        }
    };

    private final String words;

    SettingType(String words) {
        this.words = words;
    }

    /** What is expected, for messages and for docs/settings.md. */
    String words() {
        return words;
    }

    /** @throws RuntimeException if the text is no such value */
    abstract void read(String text);
}
