package dev.kugg.cli;

import dev.kugg.wasi.Root;
import dev.kugg.wasi.Wasi;

import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files, directories and sockets a guest is given on the command line, open until the guest has
 * ended. Apart, since many guests are given none, and start sooner without this.
 */
final class Grants implements AutoCloseable {
    private static final String READ_ONLY = ":ro";
    private static final String SEPARATOR = "::";
    private static final int MAX_PORT = 65_535;

    private final Arguments arguments;
    private final List<Closeable> opened = new ArrayList<>();

    Grants(Arguments arguments) {
        this.arguments = arguments;
    }

    /** {@return the configuration with what was given} */
    Wasi addTo(Wasi wasi) throws FailureException {
        Wasi all = wasi;
        for (String value : arguments.values(Option.DIR)) {
            all = directory(all, value);
        }
        for (String value : arguments.values(Option.LISTEN)) {
            all = all.listen(listener(value));
        }
        // Last, since it empties files.
        return streams(all);
    }

    @Override
    public void close() throws FailureException {
        for (Closeable each : opened) {
            try {
                each.close();
            } catch (IOException e) {
                throw new FailureException("unwritable", String.valueOf(e.getMessage()));
            }
        }
    }

    // ---- directories ----

    private static Wasi directory(Wasi wasi, String value) throws FailureException {
        boolean readOnly = value.endsWith(READ_ONLY);
        String names = readOnly ? value.substring(0, value.length() - READ_ONLY.length()) : value;
        int separator = names.indexOf(SEPARATOR);
        String host = separator < 0 ? names : names.substring(0, separator);
        String guest = separator < 0 ? names : names.substring(separator + SEPARATOR.length());
        if (host.isEmpty() || guest.isEmpty() || separator >= 0 && guest.indexOf(':') >= 0) {
            // What follows a colon could be meant as ":ro", and must not give more than that.
            throw new FailureException("usage", "--dir: '" + value + "' is not HOST[::GUEST][:ro]");
        }
        Root root = Root.of(path(host));
        try {
            return wasi.dir(readOnly ? root.readOnly() : root, guest);
        } catch (IllegalArgumentException e) {
            throw new FailureException("usage", "--dir: " + e.getMessage());
        }
    }

    private static Path path(String host) throws FailureException {
        try {
            return Path.of(host);
        } catch (InvalidPathException e) {
            throw new FailureException("usage", "--dir: '" + host + "' is not a path");
        }
    }

    // ---- streams ----

    private Wasi streams(Wasi wasi) throws FailureException {
        String in = arguments.value(Option.STDIN);
        String out = arguments.value(Option.STDOUT);
        String err = arguments.value(Option.STDERR);
        Wasi all = wasi;
        if (in != null) {
            all = all.stdin(input(in));
        }
        FileOutputStream output = out == null ? null : output(out);
        if (output != null) {
            all = all.stdout(output);
        }
        if (err != null) {
            // One file for both gets both, in the order they are written.
            all = all.stderr(output != null && err.equals(out) ? output : output(err));
        }
        return all.terminals(
                in == null && Terminals.isTerminal(0),
                out == null && Terminals.isTerminal(1),
                err == null && Terminals.isTerminal(2));
    }

    private FileInputStream input(String file) throws FailureException {
        try {
            FileInputStream in = new FileInputStream(file);
            opened.add(in);
            return in;
        } catch (IOException e) {
            String reason = Modules.reason(new File(file), e);
            throw new FailureException("unreadable", "--stdin: " + file + ": " + reason);
        }
    }

    private FileOutputStream output(String file) throws FailureException {
        try {
            FileOutputStream out = new FileOutputStream(file);
            opened.add(out);
            return out;
        } catch (IOException e) {
            throw new FailureException("unwritable", file + ": " + reasonNotToWrite(file));
        }
    }

    private static String reasonNotToWrite(String name) {
        File file = new File(name).getAbsoluteFile();
        if (file.isDirectory()) {
            return "is a directory";
        }
        File folder = file.getParentFile();
        return folder == null || folder.isDirectory() ? "permission denied" : "no such directory";
    }

    // ---- sockets ----

    private ServerSocketChannel listener(String value) throws FailureException {
        InetSocketAddress address = address(value);
        try {
            ServerSocketChannel listener = ServerSocketChannel.open();
            opened.add(listener);
            return listener.bind(address);
        } catch (IOException e) {
            throw new FailureException("unusable", "--listen: " + value + ": " + e.getMessage());
        }
    }

    private static InetSocketAddress address(String value) throws FailureException {
        int colon = value.lastIndexOf(':');
        int port = colon <= 0 ? -1 : port(value.substring(colon + 1));
        if (port < 0) {
            throw new FailureException("usage", "--listen: '" + value + "' is not HOST:PORT");
        }
        String host = value.substring(0, colon);
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException e) {
            throw new FailureException("unusable", "--listen: " + host + ": no such host");
        }
    }

    /** {@return the number, or -1 if it is none of a port} */
    private static int port(String text) {
        int port = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            port = 10 * port + (c - '0');
            if (port > MAX_PORT) {
                return -1;
            }
        }
        return text.isEmpty() ? -1 : port;
    }
}
