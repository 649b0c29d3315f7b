package dev.kugg.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kugg.InvalidException;
import dev.kugg.LimitException;
import dev.kugg.MalformedException;
import dev.kugg.UnsupportedException;
import dev.kugg.internal.WasmBytes;
import dev.kugg.types.FuncType;
import dev.kugg.types.Limits;
import dev.kugg.types.MemoryType;
import dev.kugg.types.ValType;

import org.junit.jupiter.api.Test;

/** Sections and what becomes of them. */
class DecoderTest {
    private static WasmBytes bytes(int... bytes) {
        return new WasmBytes().bytes(bytes);
    }

    private static ModuleDef decode(WasmBytes module) {
        return Decoder.decode(module.toBytes());
    }

    private static void assertMalformed(WasmBytes module, String text) {
        assertThatThrownBy(() -> decode(module))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith(text);
    }

    private static void assertUnsupported(WasmBytes module, String feature) {
        assertThatThrownBy(() -> decode(module))
                .isInstanceOf(UnsupportedException.class)
                .hasMessageStartingWith("unsupported: " + feature + " (");
    }

    @Test
    void emptyModule() {
        ModuleDef module = decode(WasmBytes.module());
        assertThat(module.types).isEmpty();
        assertThat(module.startFunc).isEqualTo(-1);
        assertThat(module.dataCount).isEqualTo(-1);
        assertThat(module.sections).isEmpty();
        assertThat(module.names.module()).isNull();
        assertThat(module.names.func(0)).isNull();
    }

    @Test
    void preamble() {
        assertMalformed(bytes(), "unexpected end");
        assertMalformed(bytes(0, 'a', 's'), "unexpected end");
        assertMalformed(bytes('a', 's', 'm', 0), "magic header not detected at byte 0");
        assertMalformed(bytes(0, 'a', 's', 'm', 1), "unexpected end");
        assertMalformed(bytes(0, 'a', 's', 'm', 2, 0, 0, 0), "unknown binary version");
        assertMalformed(
                bytes(0, 'a', 's', 'm', 13, 0, 1, 0), "unknown binary version: a component");
    }

    @Test
    void equalTypesAreOneObject() {
        // The second spells its counts longer.
        ModuleDef module =
                decode(
                        WasmBytes.module()
                                .section(
                                        1,
                                        bytes(3).bytes(0x60, 1, 0x7f, 1, 0x7e)
                                                .bytes(0x60, 0x81, 0x00, 0x7f, 0x81, 0x00, 0x7e)
                                                .bytes(0x60, 0, 2, 0x7f, 0x7e)));
        assertThat(module.types.get(0)).isEqualTo(FuncType.of(ValType.I32).to(ValType.I64));
        assertThat(module.types.get(1)).isSameAs(module.types.get(0));
        assertThat(module.canonicalType).containsExactly(0, 0, 2);
    }

    @Test
    void importsBeginTheIndexSpaces() {
        WasmBytes imports =
                bytes(4).name("m")
                        .name("f")
                        .bytes(0, 0)
                        .name("m")
                        .name("t")
                        .bytes(1, 0x70, 0, 5)
                        .name("m")
                        .name("m")
                        .bytes(2, 1, 1, 2)
                        .name("é")
                        .name("")
                        .bytes(3, 0x7f, 1);
        ModuleDef module =
                decode(
                        WasmBytes.module()
                                .section(1, bytes(1, 0x60, 0, 0))
                                .section(2, imports)
                                .section(3, bytes(1, 0))
                                .section(6, bytes(1, 0x7f, 0, 0x41, 1, 0x0b))
                                .section(7, bytes(1).name("x").bytes(0, 1))
                                .code(bytes(2, 1, 0x7f, 3, 0x7e, 0x0b)));
        assertThat(module.importedFuncs).isEqualTo(1);
        assertThat(module.funcTypes).containsExactly(0, 0);
        assertThat(module.funcCount()).isEqualTo(2);
        assertThat(module.importedTables).isEqualTo(1);
        assertThat(module.memories).containsExactly(new MemoryType(new Limits(1, 2)));
        assertThat(module.imports.get(0).typeidx()).isZero();
        assertThat(module.imports.get(3).module()).isEqualTo("é");
        assertThat(module.imports.get(3).kind()).isEqualTo(ExternKind.GLOBAL);
        assertThat(module.globals).hasSize(2);
        assertThat(module.globals.get(0).init()).isNull();
        ConstExpr init = module.globals.get(1).init();
        assertThat(init).isNotNull();
        assertThat(module.bytes[init.start()]).isEqualTo((byte) 0x41);
        assertThat(module.bytes[init.end() - 1]).isEqualTo((byte) 0x0b);
        assertThat(module.exports).containsExactly(new ExportDef("x", ExternKind.FUNC, 1));
        FuncBody body = module.bodies[0];
        assertThat(body.localCount).isEqualTo(4);
        assertThat(body.localCounts).containsExactly(1, 3);
        assertThat(body.localTypes).containsExactly(ValType.I32, ValType.I64);
        assertThat(body.end - body.start).isEqualTo(1);
    }

    @Test
    void segments() {
        ModuleDef module =
                decode(
                        WasmBytes.module()
                                .section(4, bytes(1, 0x70, 0, 0))
                                .section(5, bytes(1, 0, 0))
                                .section(
                                        9,
                                        bytes(8).bytes(0, 0x41, 0, 0x0b, 2, 7, 8)
                                                .bytes(1, 0, 1, 9)
                                                .bytes(2, 0, 0x41, 0, 0x0b, 0, 0)
                                                .bytes(3, 0, 0)
                                                .bytes(4, 0x41, 0, 0x0b, 1, 0xd0, 0x70, 0x0b)
                                                .bytes(5, 0x6f, 1, 0xd0, 0x6f, 0x0b)
                                                .bytes(6, 0, 0x41, 0, 0x0b, 0x70, 0)
                                                .bytes(7, 0x70, 0))
                                .section(12, bytes(3))
                                .section(
                                        11,
                                        bytes(3).bytes(0, 0x41, 0, 0x0b, 2, 'a', 'b')
                                                .bytes(1, 1, 'c')
                                                .bytes(2, 0, 0x41, 0, 0x0b, 0)));
        ElemSegment indices = module.elems.get(0);
        assertThat(indices.mode()).isEqualTo(SegmentMode.ACTIVE);
        assertThat(indices.funcs()).containsExactly(7, 8);
        assertThat(indices.length()).isEqualTo(2);
        assertThat(module.elems.get(1).mode()).isEqualTo(SegmentMode.PASSIVE);
        assertThat(module.elems.get(1).offset()).isNull();
        assertThat(module.elems.get(3).mode()).isEqualTo(SegmentMode.DECLARATIVE);
        assertThat(module.elems.get(4).funcs()).isNull();
        assertThat(module.elems.get(5).type()).isEqualTo(ValType.EXTERNREF);
        assertThat(module.elems.get(5).length()).isEqualTo(1);
        assertThat(module.elems.get(7).mode()).isEqualTo(SegmentMode.DECLARATIVE);
        DataSegment data = module.datas.get(0);
        assertThat(data.length()).isEqualTo(2);
        assertThat(module.bytes[data.start()]).isEqualTo((byte) 'a');
        assertThat(module.datas.get(1).mode()).isEqualTo(SegmentMode.PASSIVE);
        assertThat(module.dataCount).isEqualTo(3);
    }

    @Test
    void sectionsComeOnceInOrderAndFillTheirSize() {
        WasmBytes types = bytes(0);
        assertMalformed(
                WasmBytes.module().section(1, types).section(1, types),
                "unexpected content after last section at byte 11 (section type)");
        assertMalformed(
                WasmBytes.module().section(11, types).section(12, types),
                "unexpected content after last section");
        assertMalformed(WasmBytes.module().section(1, bytes(0, 0)), "section size mismatch");
        assertMalformed(WasmBytes.module().section(14, types), "malformed section id");
        assertMalformed(WasmBytes.module().bytes(1, 5, 0), "length out of bounds");
        assertMalformed(WasmBytes.module().bytes(1), "unexpected end");
        assertMalformed(
                WasmBytes.module().section(1, bytes(1, 0x60, 0, 0)).section(3, bytes(1, 0)),
                "function and code section have inconsistent lengths");
        assertMalformed(
                WasmBytes.module().section(12, bytes(1)),
                "data count and data section have inconsistent lengths");
    }

    @Test
    void customSectionsAreListedWithTheirName() {
        ModuleDef module =
                decode(WasmBytes.module().section(0, new WasmBytes().name("hi").bytes(1, 2, 3)));
        assertThat(module.sections).containsExactly(new Section(0, "hi", 13, 3));
        assertMalformed(WasmBytes.module().section(0, bytes(5, 'a')), "length out of bounds");
        assertMalformed(WasmBytes.module().section(0, bytes(1, 0xff)), "malformed UTF-8 encoding");
    }

    @Test
    void namesEndWhereTheyAreBad() {
        WasmBytes good = new WasmBytes().bytes(0).sized(new WasmBytes().name("mod"));
        WasmBytes funcs =
                new WasmBytes().bytes(3, 0).name("a").bytes(7).name("b").bytes(6).name("c");
        ModuleDef module =
                decode(
                        WasmBytes.module()
                                .section(
                                        0,
                                        new WasmBytes()
                                                .name("name")
                                                .append(good)
                                                .bytes(1)
                                                .sized(funcs)
                                                .bytes(2, 99)));
        assertThat(module.names.module()).isEqualTo("mod");
        assertThat(module.names.func(0)).isEqualTo("a");
        assertThat(module.names.func(7)).isEqualTo("b");
        assertThat(module.names.func(6)).isNull();
        assertThat(module.names.func(1)).isNull();
    }

    @Test
    void laterFeaturesAreNamed() {
        assertUnsupported(WasmBytes.module().section(1, bytes(1, 0x4e, 0)), "gc");
        assertUnsupported(WasmBytes.module().section(1, bytes(1, 0x5e, 0x7f, 0)), "gc");
        assertUnsupported(WasmBytes.module().section(1, bytes(1, 0x60, 1, 0x7b, 0)), "simd");
        assertUnsupported(
                WasmBytes.module().section(1, bytes(1, 0x60, 1, 0x63, 0x70, 0)),
                "function-references");
        assertUnsupported(WasmBytes.module().section(1, bytes(1, 0x60, 1, 0x6e, 0)), "gc");
        assertUnsupported(WasmBytes.module().section(1, bytes(1, 0x60, 1, 0x69, 0)), "exceptions");
        assertUnsupported(WasmBytes.module().section(13, bytes(0)), "exceptions");
        assertUnsupported(WasmBytes.module().section(5, bytes(1, 3, 1, 1)), "threads");
        assertUnsupported(WasmBytes.module().section(5, bytes(1, 4, 1)), "memory64");
        assertUnsupported(WasmBytes.module().section(5, bytes(1, 8, 1, 0)), "custom-page-sizes");
        assertUnsupported(WasmBytes.module().section(5, bytes(2, 0, 1, 0, 1)), "multi-memory");
        assertUnsupported(
                WasmBytes.module().section(4, bytes(1, 0x40, 0, 0x70, 0, 1)),
                "function-references");
    }

    @Test
    void limits() {
        WasmBytes locals = bytes(1).u32(50_001).bytes(0x7f, 0x0b);
        assertThatThrownBy(() -> decode(WasmBytes.function(new int[0], locals)))
                .isInstanceOf(LimitException.class)
                .hasMessage("function 0 has 50001 locals; the limit is 50000");
        WasmBytes tooMany = bytes(2).u32(-1).bytes(0x7f, 1, 0x7f, 0x0b);
        assertMalformed(WasmBytes.function(new int[0], tooMany), "too many locals");
        WasmBytes params = bytes(1, 0x60).u32(1001).repeat(1001, 0x7f).bytes(0);
        assertThatThrownBy(() -> decode(WasmBytes.module().section(1, params)))
                .isInstanceOf(LimitException.class)
                .hasMessageStartingWith("1001 parameters; the limit is 1000");
    }

    @Test
    void importedFunctionsHaveAType() {
        WasmBytes module = WasmBytes.module().section(2, bytes(1).name("m").name("f").bytes(0, 3));
        assertThatThrownBy(() -> decode(module))
                .isInstanceOf(InvalidException.class)
                .hasMessageStartingWith("unknown type 3");
    }
}
