package dev.kugg.wasi.internal.file;

import dev.kugg.wasi.internal.errno.Errno;
import dev.kugg.wasi.internal.errno.ErrnoException;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Names of Linux, which are bytes, and those of guests, which are UTF-8, whatever the JVM takes for
 * the encoding of names: it can only name what its locale can spell, so a name with other than
 * ASCII characters goes through a {@code file:} URI, whose escapes stand for bytes.
 */
final class Names {
    static final int MAX_NAME_BYTES = 255;
    static final int MAX_PATH_BYTES = 4095;

    /** A path that is nowhere, for relative ones to be behind. */
    private static final Path NOWHERE = Path.of("/proc/self/fdinfo/none");

    private static final boolean UTF_8 =
            "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));

    private Names() {}

    /**
     * {@return the path of an entry}
     *
     * @param folder the folder's path
     * @param name the entry's name
     * @throws ErrnoException {@code nametoolong}; {@code inval} if it is not the name of an entry
     */
    static Path in(Path folder, String name) throws ErrnoException {
        check(name);
        return isAscii(name) ? folder.resolve(name) : byUri(folder + "/" + name);
    }

    /** Throws unless this is a name for one entry, so that no other code can be tricked. */
    static void check(String name) throws ErrnoException {
        if (isLongerThan(name, MAX_NAME_BYTES)) {
            throw new ErrnoException(Errno.NAMETOOLONG);
        }
        if (name.isEmpty()
                || name.equals(".")
                || name.equals("..")
                || name.indexOf('/') >= 0
                || name.indexOf('\0') >= 0) {
            throw new ErrnoException(Errno.INVAL);
        }
    }

    static boolean isLongerThan(String text, int maxBytes) {
        int length = text.length();
        return length > maxBytes
                || length > maxBytes / 3 && text.getBytes(StandardCharsets.UTF_8).length > maxBytes;
    }

    /** {@return the name of an entry; null if it is not UTF-8, so that no guest can say it} */
    static @Nullable String of(Path entry) {
        Path name = entry.getFileName();
        return name == null ? null : text(name);
    }

    /** {@return the text of a relative path or of a link; null if it is not UTF-8} */
    static @Nullable String text(Path path) {
        String text = path.toString();
        if (isAscii(text) || UTF_8 && text.indexOf('\ufffd') < 0) {
            return text;
        }
        String escaped = NOWHERE.resolve(path).toUri().getRawPath();
        int begin = path.isAbsolute() ? 0 : NOWHERE.toString().length() + 1;
        boolean folder = escaped.endsWith("/") && !text.endsWith("/");
        return unescape(escaped, begin, escaped.length() - (folder ? 1 : 0));
    }

    /**
     * {@return what a link is to say, as a path}
     *
     * @throws ErrnoException {@code noent} if it says nothing, {@code nametoolong}, {@code inval}
     */
    static Path link(String text) throws ErrnoException {
        if (text.isEmpty()) {
            throw new ErrnoException(Errno.NOENT);
        }
        if (isLongerThan(text, MAX_PATH_BYTES)) {
            throw new ErrnoException(Errno.NAMETOOLONG);
        }
        if (text.indexOf('\0') >= 0) {
            throw new ErrnoException(Errno.INVAL);
        }
        // A path drops the slash at its end, which says that a folder is meant. So does a dot.
        String spelled = text.endsWith("/") && !text.equals("/") ? text + "." : text;
        if (isAscii(spelled)) {
            return Path.of(spelled);
        }
        if (spelled.startsWith("/")) {
            return byUri(spelled);
        }
        Path path = byUri("/" + spelled);
        return path.subpath(0, path.getNameCount());
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static Path byUri(String absolute) throws ErrnoException {
        StringBuilder uri = new StringBuilder("file://");
        for (byte b : bytes(absolute)) {
            boolean plain = b == '/' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z';
            if (plain) {
                uri.append((char) b);
            } else {
                uri.append('%')
                        .append(Character.forDigit((b >> 4) & 15, 16))
                        .append(Character.forDigit(b & 15, 16));
            }
        }
        try {
            return Path.of(URI.create(uri.toString()));
        } catch (InvalidPathException e) {
            throw new ErrnoException(Errno.ILSEQ);
        }
    }

    private static byte[] bytes(String text) throws ErrnoException {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] array = new byte[bytes.remaining()];
            bytes.get(array);
            return array;
        } catch (CharacterCodingException e) {
            throw new ErrnoException(Errno.ILSEQ);
        }
    }

    private static @Nullable String unescape(String escaped, int begin, int end) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = begin; i < end; i++) {
            char c = escaped.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(escaped, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
