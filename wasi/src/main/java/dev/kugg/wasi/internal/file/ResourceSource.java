package dev.kugg.wasi.internal.file;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.security.CodeSource;
import java.util.Map;

/** A folder of resources, beside a class or wherever its loader finds it; it is only read. */
public final class ResourceSource implements DirectorySource {
    private final Class<?> anchor;
    private final String folder;

    /**
     * Names a folder.
     *
     * @param anchor the class whose loader finds it
     * @param folder its name, as {@link Class#getResource} takes it
     */
    public ResourceSource(Class<?> anchor, String folder) {
        this.anchor = anchor;
        this.folder = folder;
    }

    @Override
    public Directory open(Session session) throws IOException {
        return new ReadOnlyDirectory(HostRoot.open(find(session), false));
    }

    @Override
    public boolean changeable() {
        return false;
    }

    private Path find(Session session) throws IOException {
        URL url = anchor.getResource(folder);
        Path found = url == null ? null : find(url, session);
        if (found == null) {
            // A jar need not have entries for folders, and a module need not open them to others.
            found = findBesideAnchor(session);
        }
        if (!Files.isDirectory(found)) {
            throw new IOException(this + ": no such directory");
        }
        return found;
    }

    private Path find(URL url, Session session) throws IOException {
        return switch (url.getProtocol()) {
            case "file", "jrt" -> path(url);
            case "jar" -> {
                URLConnection connection = url.openConnection();
                yield connection instanceof JarURLConnection jar
                        ? inJar(jar.getJarFileURL(), jar.getEntryName(), session)
                        : refuse(url);
            }
            default -> refuse(url);
        };
    }

    private Path findBesideAnchor(Session session) throws IOException {
        CodeSource code = anchor.getProtectionDomain().getCodeSource();
        URL location = code == null ? null : code.getLocation();
        if (location == null || location.getProtocol().equals("jrt")) {
            return inRuntime(anchor.getModule().getName());
        }
        if (!location.getProtocol().equals("file")) {
            return refuse(location);
        }
        Path path = path(location);
        return Files.isDirectory(path)
                ? path.resolve(nameFromRoot())
                : inJar(location, nameFromRoot(), session);
    }

    /** {@return the folder in a module that was linked into the runtime} */
    private Path inRuntime(@Nullable String module) throws IOException {
        if (module == null) {
            throw new IOException(this + ": nobody knows where this class comes from");
        }
        return Path.of(URI.create("jrt:/" + module)).resolve(nameFromRoot());
    }

    /** {@return the folder's name from where packages begin} */
    private String nameFromRoot() {
        if (folder.startsWith("/")) {
            return folder.substring(1);
        }
        String packageName = anchor.getPackageName();
        return packageName.isEmpty() ? folder : packageName.replace('.', '/') + "/" + folder;
    }

    private Path inJar(URL jar, @Nullable String entry, Session session) throws IOException {
        if (!jar.getProtocol().equals("file")) {
            return refuse(jar);
        }
        FileSystem files;
        try {
            files = FileSystems.newFileSystem(path(jar), Map.of("accessMode", "readOnly"));
        } catch (ProviderNotFoundException e) {
            throw new IOException(
                    this + ": " + jar + " can be read with the module jdk.zipfs only", e);
        }
        session.closeAtEnd(files);
        return files.getPath("/").resolve(entry == null ? "" : entry);
    }

    private Path refuse(URL url) throws IOException {
        throw new IOException(
                this + ": " + url + " is neither in a folder nor in a jar file of its own");
    }

    private static Path path(URL url) throws IOException {
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IOException(url + ": not the address of a file", e);
        }
    }

    @Override
    public String toString() {
        return "resources '" + folder + "' of " + anchor.getName();
    }
}
