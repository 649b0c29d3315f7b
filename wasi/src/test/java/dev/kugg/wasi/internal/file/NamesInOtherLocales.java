package dev.kugg.wasi.internal.file;

import dev.kugg.wasi.internal.errno.Errno;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Uses names with all kinds of characters; run in JVMs of different locales. */
final class NamesInOtherLocales {
    static final String[] NAMES = {"ä", "日本", "\ud83d\ude00", "plain", "%C3%A4"};

    private NamesInOtherLocales() {}

    /** Ends with an exception where a name is not what it was. */
    public static void main(String[] args) throws Exception {
        Directory root = HostRoot.open(Path.of(args[0]), true);
        for (String name : NAMES) {
            root.openFile(name, FileTests.CREATE_NEW).close();
            require(root.stat(name).type() == FileType.REGULAR_FILE, name);
            require(FileTests.errno(() -> root.createDirectory(name)) == Errno.EXIST, name);
            for (String text : new String[] {name, "../" + name + "/./x", "/" + name}) {
                root.createSymlink("link", text);
                require(root.readLink("link").equals(text), text);
                root.removeFile("link");
            }
            root.rename(name, root, name + name);
            root.rename(name + name, root, name);
        }
        List<String> names = root.list().stream().map(DirectoryEntry::name).toList();
        require(names.size() == NAMES.length && names.containsAll(Arrays.asList(NAMES)), "list");
        require(FileTests.errno(() -> root.createDirectory("\ud800")) == Errno.ILSEQ, "half");
        root.close();
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }
}
