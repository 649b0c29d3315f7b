package dev.kugg.wasi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;
import dev.kugg.wasi.internal.file.Directory;
import dev.kugg.wasi.internal.file.HostSource;
import dev.kugg.wasi.internal.file.Session;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many names the folders of an instance may remember in all. */
class ListingsTest {
    @TempDir Path temp;

    private Directory four;
    private final Listings listings = new Listings(10);

    @BeforeEach
    void makeFolder() throws IOException {
        Files.createFile(temp.resolve("one"));
        Files.createFile(temp.resolve("two"));
        four = new HostSource(temp, false).open(new Session(null));
    }

    @AfterEach
    void close() {
        four.close();
    }

    @Test
    void theDotsCount() throws ErrnoException {
        assertThat(listings.replace(null, four).size()).isEqualTo(4);
    }

    @Test
    void tooManyInAllAreRefused() throws ErrnoException {
        Listing first = listings.replace(null, four);
        Listing second = listings.replace(null, four);
        assertRefused();
        assertThat(listings.replace(second, four)).isNotSameAs(second);
        listings.forget(first);
        listings.replace(null, four);
        assertRefused();
    }

    @Test
    void aSingleFolderIsNeverTooLarge() throws ErrnoException {
        Listings few = new Listings(1);
        Listing first = few.replace(null, four);
        assertThat(few.replace(first, four).size()).isEqualTo(4);
    }

    private void assertRefused() {
        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> listings.replace(null, four))
                .matches(e -> e.errno() == Errno.NOMEM);
    }
}
