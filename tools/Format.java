import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Runs google-java-format over every Java source of a folder; "mvn -Pformat" starts it. */
class Format {
    public static void main(String[] args) throws IOException {
        List<String> formatter =
                new ArrayList<>(List.of("--aosp", "--skip-reflowing-long-strings"));
        switch (args[0]) {
            case "write" -> formatter.add("--replace");
            case "check" -> formatter.addAll(List.of("--dry-run", "--set-exit-if-changed"));
            default ->
                    throw new IllegalArgumentException(
                            "format.mode is write or check, not " + args[0]);
        }
        Files.walkFileTree(
                Path.of(args[1]),
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) {
                        String name = folder.getFileName().toString();
                        boolean source = !name.equals("target") && !name.startsWith(".");
                        return source ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        // The opcode table has columns, which the formatter would pull together.
                        boolean table = file.endsWith("Opcode.java");
                        if (file.toString().endsWith(".java") && !table) {
                            formatter.add(file.toString());
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        com.google.googlejavaformat.java.Main.main(formatter.toArray(String[]::new));
    }
}
