package dev.kugg.wasi.internal.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Folders of other sources, one above the other. */
public final class LayeredSource implements DirectorySource {
    private final List<DirectorySource> layers;

    /**
     * Names the layers.
     *
     * @param layers the upper ones first; at least one
     */
    public LayeredSource(List<DirectorySource> layers) {
        this.layers = layers;
    }

    @Override
    public boolean changeable() {
        return layers.get(0).changeable();
    }

    @Override
    public Directory open(Session session) throws IOException {
        Directory upper = layers.get(0).open(session);
        List<Directory> lower = new ArrayList<>();
        try {
            for (int i = 1; i < layers.size(); i++) {
                lower.add(new ReadOnlySource(layers.get(i)).open(session));
            }
        } catch (IOException | RuntimeException | Error e) {
            upper.close();
            for (Directory directory : lower) {
                directory.close();
            }
            throw e;
        }
        return new LayeredDirectory(LayeredDirectory.Upper.of(upper, changeable()), lower);
    }
}
