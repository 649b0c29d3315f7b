package dev.kugg;

import static dev.kugg.internal.opcode.Opcode.I32_ADD;
import static dev.kugg.internal.opcode.Opcode.UNREACHABLE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.kugg.internal.Code;
import dev.kugg.internal.TestModule;
import dev.kugg.internal.WasmBytes;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What LIMITS.md says a message looks like is what it looks like, and no limit is missing there.
 */
class LimitsPageTest {
    private static final Pattern MESSAGE =
            Pattern.compile("\\| `([^`|]*)` \\|$", Pattern.MULTILINE);

    private final Set<String> messages = new TreeSet<>();

    private void over(byte[] wasm, Limits limits) {
        Throwable thrown = catchThrowable(() -> Kugg.module("guest.wasm", wasm, limits).start());
        assertThat(thrown).isInstanceOf(LimitException.class);
        messages.add(String.valueOf(thrown.getMessage()));
    }

    private void over(TestModule module, Limits limits) {
        over(module.toBytes(), limits);
    }

    /** A section that announces so many things, with as many bytes behind. */
    private void overCount(int section, int count) {
        WasmBytes content = new WasmBytes().u32(count).repeat(count, 0);
        over(WasmBytes.module().section(section, content).toBytes(), Limits.DEFAULT);
    }

    private void settable() {
        TestModule memory = new TestModule();
        memory.memory(3, 10);
        over(memory, Limits.DEFAULT.withMemoryPages(2));
        TestModule tables = new TestModule();
        tables.table('r', 5, 5);
        over(tables, Limits.DEFAULT.withTableElements(4));
        tables.table('r', 6, 6);
        over(tables, Limits.DEFAULT.withTableElements(10));
        TestModule body = new TestModule();
        body.func("ii:i", "", new Code().get(0).get(1).op(I32_ADD));
        over(body, Limits.DEFAULT.withBodyBytes(6));
        over(body, Limits.DEFAULT.withCompileWork(5));
        over(body, Limits.DEFAULT.withInstances(0));
    }

    /** In one body, as many calls as pass more than a million values. */
    private void values() {
        TestModule module = new TestModule();
        String kinds = "i".repeat(1000);
        Code code = new Code().op(UNREACHABLE);
        for (int i = 0; i < 530; i++) {
            code.call(0);
        }
        module.func(kinds + ":" + kinds, "", code);
        over(module, Limits.DEFAULT.withBodyBytes(2000));
    }

    private void fixed() {
        TestModule memory = new TestModule();
        memory.memory(32_768, TestModule.NO_MAX);
        over(memory, Limits.DEFAULT.withMemoryPages(65_536));
        TestModule table = new TestModule();
        table.table('r', 10_000_001, TestModule.NO_MAX);
        over(table, Limits.DEFAULT.withTableElements(20_000_000));
        TestModule params = new TestModule();
        params.type("i".repeat(1001) + ":");
        over(params, Limits.DEFAULT);
        TestModule results = new TestModule();
        results.type(":" + "i".repeat(1001));
        over(results, Limits.DEFAULT);
        TestModule locals = new TestModule();
        locals.funcWithManyLocals(":", 50_001, 'i', new Code());
        over(locals, Limits.DEFAULT);
        TestModule globals = new TestModule();
        for (int i = 0; i <= 10_000; i++) {
            globals.global('i', false, new Code().i32(0));
        }
        over(globals, Limits.DEFAULT);
        TestModule name = new TestModule();
        name.exportFunc("x".repeat(100_001), name.func(":", "", new Code()));
        over(name, Limits.DEFAULT);
    }

    private void counts() {
        overCount(1, 1_000_001);
        overCount(2, 1_000_001);
        overCount(3, 1_000_001);
        overCount(4, 101);
        overCount(6, 1_000_001);
        overCount(7, 1_000_001);
        overCount(9, 100_001);
        overCount(10, 1_000_001);
        overCount(11, 100_001);
        WasmBytes dataCount = new WasmBytes().u32(100_001);
        over(WasmBytes.module().section(12, dataCount).toBytes(), Limits.DEFAULT);
        WasmBytes elements = new WasmBytes().bytes(1, 1, 0).u32(10_000_001).repeat(10_000_001, 0);
        over(WasmBytes.module().section(9, elements).toBytes(), Limits.DEFAULT);
    }

    @Test
    void messagesAreAsThePageSays() throws IOException {
        settable();
        values();
        fixed();
        counts();
        Set<String> page = new TreeSet<>();
        String text = Files.readString(Path.of("..", "LIMITS.md"));
        MESSAGE.matcher(text).results().forEach(match -> page.add(match.group(1)));
        assertThat(messages).isEqualTo(page);
    }
}
