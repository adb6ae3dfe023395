package dev.onrush.core.feeder;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;

import org.jspecify.annotations.Nullable;

import dev.onrush.core.DefinitionException;
import dev.onrush.core.file.UnusableFileException;
import dev.onrush.core.session.Excerpt;

/**
 * What a URL answered with, read once, when it was made.
 *
 * @param failure why there is nothing, null if there is
 */
record Download(byte[] bytes, @Nullable String failure) implements Contents {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int READ_MILLIS = 60_000;
    private static final int MOST_MIB = 100;

    /** @throws DefinitionException if that is no URL of HTTP; what the server does is told when the records are asked for */
    static Download of(String url) {
        URI uri = uri(url);
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            connection.setUseCaches(false);
            connection.setRequestProperty("Accept", "application/json");
            try {
                return received(url, connection);
            } finally {
                connection.disconnect();
            }
        } catch (IOException | IllegalArgumentException e) {
            return failed(url + ": cannot be read (" + Excerpt.ofThrown(e, 80) + ").");
        }
    }

    private static URI uri(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new DefinitionException(
                    "jsonUrl: \"" + Excerpt.of(url, 120) + "\" is no URL (" + e.getReason() + ").");
        }
        if (uri.getHost() == null || !String.valueOf(uri.getScheme()).matches("(?i)https?")) {
            throw new DefinitionException("jsonUrl: \"" + Excerpt.of(url, 120)
                    + "\" must begin with http:// or https:// and a host. For a file use jsonFile.");
        }
        return uri;
    }

    private static Download received(String url, HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        if (status != HttpURLConnection.HTTP_OK) {
            return failed(url + ": the answer was " + status + ", expected 200. Correct the URL.");
        }
        try (InputStream in = connection.getInputStream()) {
            byte[] all = in.readNBytes((MOST_MIB << 20) + 1);
            return all.length > MOST_MIB << 20
                    ? failed(url + ": is larger than " + MOST_MIB + " MiB. Save it as a file and use jsonFile.")
                    : new Download(all, null);
        }
    }

    private static Download failed(String why) {
        return new Download(new byte[0], why);
    }

    @Override
    public InputStream open() {
        if (failure != null) {
            throw new UnusableFileException(failure);
        }
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public long size() {
        return -1;
    }
}
