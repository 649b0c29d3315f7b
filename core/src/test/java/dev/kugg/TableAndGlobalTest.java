package dev.kugg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kugg.internal.Code;
import dev.kugg.internal.TestModule;
import dev.kugg.types.GlobalType;
import dev.kugg.types.Limits;
import dev.kugg.types.RefType;
import dev.kugg.types.TableType;
import dev.kugg.types.ValType;

import org.junit.jupiter.api.Test;

/** Tables and globals as the host sees them. */
class TableAndGlobalTest {
    private static final TableType EXTERNS = new TableType(new Limits(2, 4), RefType.EXTERNREF);
    private static final TableType FUNCS = new TableType(new Limits(2, 4), RefType.FUNCREF);

    @Test
    void elements() {
        Table table = Table.create(EXTERNS, "init");
        assertThat(table.size()).isEqualTo(2);
        assertThat(table.get(1)).isEqualTo("init");
        table.set(1, 5);
        assertThat(table.get(0)).isEqualTo("init");
        assertThat(table.get(1)).isEqualTo(5);
        table.set(0, null);
        assertThat(table.get(0)).isNull();
        for (long index : new long[] {2, -1, 1L << 32, Long.MIN_VALUE}) {
            assertThatThrownBy(() -> table.get(index))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage(
                            "out of bounds table access: element " + index + " of a table of 2");
            assertThatThrownBy(() -> table.set(index, null))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void growing() {
        Table table = Table.create(EXTERNS, null);
        assertThat(table.grow(1, "new")).isEqualTo(2);
        assertThat(table.get(2)).isEqualTo("new");
        assertThat(table.get(1)).isNull();
        assertThat(table.type()).hasToString("table 3 4 externref");
        for (long tooMany : new long[] {2, 10_000_001, 1L << 32, Long.MAX_VALUE}) {
            assertThat(table.grow(tooMany, null)).isEqualTo(-1);
        }
        assertThat(table.grow(0, null)).isEqualTo(3);
        assertThatThrownBy(() -> table.grow(-1, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a table cannot grow by -1 elements");
        assertThat(table).hasToString("table of 3 externref");
    }

    @Test
    void tablesOfFunctionsTakeFunctions() {
        TestModule module = new TestModule();
        module.func("f", ":", "", new Code());
        Func func = module.start().func("f");
        Table table = Table.create(FUNCS, func);
        assertThat(table.get(1)).isSameAs(func);
        table.set(0, null);
        assertThatThrownBy(() -> table.set(0, "text"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected funcref, got java.lang.String");
        assertThatThrownBy(() -> table.grow(1, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Table.create(FUNCS, 5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(table.get(0)).isNull();
        assertThat(table.size()).isEqualTo(2);
    }

    @Test
    void aTableBeyondTheLimit() {
        TableType type = new TableType(Limits.atLeast(10_000_001), RefType.EXTERNREF);
        assertThatThrownBy(() -> Table.create(type, null))
                .isInstanceOf(LimitException.class)
                .hasMessage("a table of 10000001 elements; the limit is 10000000");
    }

    @Test
    void globalsOfAllTypes() {
        ValType[] types = {
            ValType.I32, ValType.I64, ValType.F32, ValType.F64, ValType.FUNCREF, ValType.EXTERNREF
        };
        Object[] values = {-1, Long.MIN_VALUE, -0f, Double.NaN, null, "any"};
        for (int i = 0; i < types.length; i++) {
            Global global = Global.create(new GlobalType(types[i], true), values[i]);
            assertThat(global.get()).isEqualTo(values[i]);
            assertThat(global.type().value()).isEqualTo(types[i]);
            global.set(values[i]);
            for (Object other : new Object[] {(short) 1, "text", null, 1, 2L, 3f, 4.0}) {
                boolean fits =
                        i == 5
                                || other == null && i == 4
                                || i < 4
                                        && other != null
                                        && other.getClass() == values[i].getClass();
                if (!fits) {
                    assertThatThrownBy(() -> global.set(other))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("for " + global.type().value() + ", got ");
                    assertThat(global.get()).isEqualTo(values[i]);
                }
            }
        }
    }

    @Test
    void constantsStay() {
        Global global = Global.create(new GlobalType(ValType.I32, false), 5);
        assertThatThrownBy(() -> global.set(6))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the global is not mutable");
        assertThat(global.get()).isEqualTo(5);
        assertThat(global).hasToString("global i32 = 5");
    }
}
