package dev.kugg.spectest;

import com.sun.management.ThreadMXBean;

import dev.kugg.Func;
import dev.kugg.Instance;
import dev.kugg.Kugg;
import dev.kugg.LimitException;
import dev.kugg.Limits;
import dev.kugg.WasmModule;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.instrument.Instrumentation;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures how time grows with a module: for each {@link Shape}, in growing sizes, the time to load
 * it, the time of the first calls (which make the code that is made when it is first needed), and
 * how much code that is; and how much memory both allocate. Prints tab-separated values, and draws
 * time against size. {@code spectest/scale.sh} starts it.
 */
public final class Scale {
    private static final String USAGE =
            "spectest/scale.sh [--shapes NAME,...] [--quick] [--steps N] [--largest N] [--svg FILE]";

    /** Bodies as large as can be asked for. */
    private static final Limits LIMITS =
            Limits.DEFAULT.withBodyBytes(Limits.MOST_BODY_BYTES).withCompileWork(Long.MAX_VALUE);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private List<Shape> shapes = List.of(Shape.values());
    private int divisor = 1;
    private int steps = 6;
    private int largest;
    private Path svg = Path.of("spectest", "target", "scale.svg");

    /** How much generated code the JVM was given, and in how many classes. */
    private static final AtomicLong CLASS_BYTES = new AtomicLong();

    private static final AtomicLong CLASSES = new AtomicLong();

    private Scale() {}

    /**
     * Counts the generated classes: the JVM calls this where the jar of this class is its agent.
     *
     * @param options none
     * @param instrumentation what sees all classes
     */
    public static void premain(String options, Instrumentation instrumentation) {
        instrumentation.addTransformer(new Counter());
    }

    /** Generated code is what none of the JVM's own three loaders loads. */
    private static final class Counter implements ClassFileTransformer {
        @Override
        public byte[] transform(
                ClassLoader loader,
                String name,
                Class<?> redefined,
                ProtectionDomain domain,
                byte[] image)
                throws IllegalClassFormatException {
            if (loader != null && loader.getName() == null) {
                CLASSES.incrementAndGet();
                CLASS_BYTES.addAndGet(image.length);
            }
            // Changes nothing.
            return ClassFileTransformer.super.transform(loader, name, redefined, domain, image);
        }
    }

    /**
     * Runs the measurements.
     *
     * @param args the options
     * @throws IOException if the picture cannot be written
     */
    public static void main(String[] args) throws IOException {
        new Scale().options(new Arguments(USAGE, args)).measure();
    }

    private Scale options(Arguments words) {
        while (words.areLeft()) {
            String word = words.next();
            switch (word) {
                case "--shapes" -> shapes = named(words);
                case "--quick" -> divisor = 10;
                case "--steps" -> steps = words.count();
                case "--largest" -> largest = words.count();
                case "--svg" -> svg = Path.of(words.value());
                default -> throw words.unknown(word);
            }
        }
        return this;
    }

    private static List<Shape> named(Arguments words) {
        List<String> all =
                Arrays.stream(Shape.values())
                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                        .toList();
        return words.names(all).stream()
                .map(name -> Shape.valueOf(name.toUpperCase(Locale.ROOT)))
                .toList();
    }

    private void measure() throws IOException {
        System.err.println("warming up");
        for (Shape shape : Shape.values()) {
            for (int i = 0; i < 3; i++) {
                measure(shape, shape.largest / 50);
            }
        }
        System.out.println(
                "shape\tsize\twasm bytes\tload ms\tload MB\tfirst calls ms\tcalls MB\tcalls again"
                        + " ms\tclasses\tclass bytes\tload us/KB");
        List<Row> rows = new ArrayList<>();
        for (Shape shape : shapes) {
            for (int step = steps - 1; step >= 0; step--) {
                int most = largest > 0 ? largest : shape.largest / divisor;
                Row row = best(shape, Math.max(most >> step, 1));
                System.out.println(row.text());
                rows.add(row);
            }
        }
        Files.createDirectories(svg.toAbsolutePath().getParent());
        Files.writeString(svg, ScalePlot.svg(rows));
        System.err.println("picture: " + svg);
    }

    /** {@return the fastest of three: what else the machine does only ever adds} */
    private static Row best(Shape shape, int size) {
        Row best = measure(shape, size);
        for (int i = 0; i < 2; i++) {
            Row row = measure(shape, size);
            if (row.load + row.first < best.load + best.first) {
                best = row;
            }
        }
        return best;
    }

    /** Loads a module, calls it twice with all arguments, and checks what it gives. */
    static Row measure(Shape shape, int size) {
        Shape.Guest guest = shape.guest(size);
        long classes = CLASSES.get();
        long classBytes = CLASS_BYTES.get();
        long allocated = allocatedBytes();
        long before = System.nanoTime();
        WasmModule module;
        try {
            module = Kugg.module("large.wasm", guest.bytes(), LIMITS);
        } catch (LimitException e) {
            double load = millisSince(before);
            double megabytes = megabytesSince(allocated);
            return new Row(
                    shape,
                    size,
                    guest.bytes().length,
                    load,
                    megabytes,
                    -1,
                    -1,
                    -1,
                    0,
                    0,
                    e.toString());
        }
        double load = millisSince(before);
        double loadMegabytes = megabytesSince(allocated);
        try (Instance instance = module.start()) {
            allocated = allocatedBytes();
            double first = call(instance, guest, shape + " " + size);
            double firstMegabytes = megabytesSince(allocated);
            double again = call(instance, guest, shape + " " + size);
            return new Row(
                    shape,
                    size,
                    guest.bytes().length,
                    load,
                    loadMegabytes,
                    first,
                    firstMegabytes,
                    again,
                    CLASSES.get() - classes,
                    CLASS_BYTES.get() - classBytes,
                    "");
        }
    }

    private static double call(Instance instance, Shape.Guest guest, String what) {
        Func run = instance.func("run");
        double millis = 0;
        for (int argument : Shape.ARGUMENTS) {
            long before = System.nanoTime();
            long result = run.call(argument)[0];
            millis += millisSince(before);
            long expected = guest.model().run(argument);
            if (result != expected) {
                throw new AssertionError(
                        "%s: run(%d) gives %d instead of %d"
                                .formatted(what, argument, result, expected));
            }
        }
        return millis;
    }

    /** What this thread has allocated, garbage included: an upper bound of what it needed. */
    private static long allocatedBytes() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    private static double megabytesSince(long bytes) {
        return (allocatedBytes() - bytes) / 1e6;
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }

    /**
     * What a measurement gives; times are in milliseconds.
     *
     * @param shape the kind of module
     * @param size its size in what this shape counts
     * @param wasmBytes its size in bytes
     * @param load the time to decode, validate and plan
     * @param loadMegabytes what that allocated
     * @param first the time of the first calls, which generate code and define classes
     * @param firstMegabytes what they allocated
     * @param again the time of the same calls once more
     * @param classes how many classes were defined, 0 without the agent
     * @param classBytes their size together
     * @param refusal why it was not loaded; empty when it was
     */
    record Row(
            Shape shape,
            int size,
            int wasmBytes,
            double load,
            double loadMegabytes,
            double first,
            double firstMegabytes,
            double again,
            long classes,
            long classBytes,
            String refusal) {
        boolean ran() {
            return refusal.isEmpty();
        }

        String text() {
            String figures =
                    "%s\t%d\t%d\t%.1f\t%.1f\t"
                            .formatted(
                                    shape.name().toLowerCase(Locale.ROOT),
                                    size,
                                    wasmBytes,
                                    load,
                                    loadMegabytes);
            return ran()
                    ? "%s%.1f\t%.1f\t%.1f\t%d\t%d\t%.0f"
                            .formatted(
                                    figures,
                                    first,
                                    firstMegabytes,
                                    again,
                                    classes,
                                    classBytes,
                                    load * 1e3 * 1024 / wasmBytes)
                    : figures + "refused: " + refusal;
        }
    }
}
