package dev.onrush.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFolderTest {
    @TempDir
    Path path;

    @Test
    void knowsNoRunBeforeTheFirst() throws IOException {
        assertThat(new ResultsFolder(path).newest()).isNull();
        assertThat(new ResultsFolder(path.resolve("missing")).newest()).isNull();
    }

    @Test
    void readsTheNewestRunFromAnyWayOfNamingIt() throws IOException {
        Files.writeString(path.resolve("latest.txt"), "buy-20261123-100000-000\n");

        assertThat(new ResultsFolder(path).newest()).isEqualTo(path.resolve("buy-20261123-100000-000"));

        Files.writeString(path.resolve("latest.txt"), path.resolve("buy-2").toString());

        assertThat(new ResultsFolder(path).newest()).isEqualTo(path.resolve("buy-2"));
    }

    @Test
    void knowsTheRunBeforeOfTheSameSimulation() throws IOException {
        for (String name : new String[] {
            "buy-20261123-100000-000",
            "buy-20261123-110000-000",
            "buy-20261123-115900-000-torn",
            "buy-20261123-120000-000",
            "buy-20261123-130000-000",
            "browse-20261123-114500-000"
        }) {
            Files.writeString(Files.createDirectory(path.resolve(name)).resolve("events.onrush"), "");
        }
        Files.createDirectory(path.resolve("buy-20261123-115000-000"));
        ResultsFolder results = new ResultsFolder(path);

        assertThat(results.before(path.resolve("buy-20261123-120000-000")))
                .isEqualTo(path.resolve("buy-20261123-110000-000"));
        assertThat(results.before(path.resolve("buy-20261123-100000-000"))).isNull();
        assertThat(results.before(path.resolve("browse-20261123-114500-000"))).isNull();
        assertThat(results.before(path.resolve("x"))).isNull();
    }
}
