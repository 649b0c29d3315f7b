package dev.kugg.wasi.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.kugg.wasi.internal.stream.Input;
import dev.kugg.wasi.internal.stream.Output;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** A copy has all that was granted: an option that is forgotten there would vanish unseen. */
class ConfigTest {
    /** A value by type of field that no field begins with. */
    private static final Map<Class<?>, Object> VALUES =
            Map.of(
                    boolean.class,
                    true,
                    int.class,
                    7,
                    long.class,
                    7L,
                    Long.class,
                    7L,
                    List.class,
                    new ArrayList<>(),
                    Map.class,
                    new LinkedHashMap<>(),
                    Input.class,
                    Input.of(InputStream.nullInputStream()),
                    Output.class,
                    Output.ofLines(line -> {}),
                    InstantSource.class,
                    InstantSource.fixed(Instant.EPOCH),
                    RandomGenerator.class,
                    new Random(7));

    @TestFactory
    Stream<DynamicTest> everyOptionIsCopied() {
        return Arrays.stream(Config.class.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(field -> dynamicTest(field.getName(), () -> checkCopied(field)));
    }

    private static void checkCopied(Field field) throws ReflectiveOperationException {
        Object value = VALUES.get(field.getType());
        assertThat(value).as("add a value for " + field.getType()).isNotNull();
        Config config = new Config();
        field.set(config, value);
        Object copied = field.get(config.copy());
        if (field.getType().isPrimitive()) {
            assertThat(copied).isEqualTo(value);
        } else {
            assertThat(copied).isSameAs(value);
        }
    }
}
