package dev.kugg.internal.decode;

import dev.kugg.internal.opcode.Feature;
import dev.kugg.types.FuncType;
import dev.kugg.types.ValType;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;

/**
 * The types. Equal ones become one object, found by their encoding as a string and not by
 * themselves: strings have an order, so a map of them stays quick when somebody makes their hashes
 * collide.
 */
final class TypeSection {
    private final SectionReader reader;
    private final ModuleBuilder module;
    private final HashMap<String, Integer> typeidxByKey = new HashMap<>();

    /** The current type's parameters, a 0 and its results, in the byte each is encoded as. */
    private final byte[] key = new byte[DecodeLimits.PARAMS + 1 + DecodeLimits.RESULTS];

    private int keyLength;

    TypeSection(SectionReader reader, ModuleBuilder module) {
        this.reader = reader;
        this.module = module;
    }

    void read() {
        int count = reader.count("types", DecodeLimits.TYPES);
        FuncType[] types = new FuncType[count];
        int[] canonical = new int[count];
        for (int i = 0; i < count; i++) {
            checkForm();
            keyLength = 0;
            ValType[] params = types(reader.count("parameters", DecodeLimits.PARAMS));
            key[keyLength++] = 0;
            ValType[] results = types(reader.count("results", DecodeLimits.RESULTS));
            String text = new String(key, 0, keyLength, StandardCharsets.ISO_8859_1);
            Integer known = typeidxByKey.putIfAbsent(text, i);
            canonical[i] = known == null ? i : known;
            types[i] =
                    known == null ? new FuncType(List.of(params), List.of(results)) : types[known];
        }
        module.types = types;
        module.canonicalType = canonical;
    }

    private void checkForm() {
        int at = reader.position;
        int form = reader.u8();
        switch (form) {
            case 0x60 -> {}
            case 0x4e -> throw reader.unsupported(Feature.GC, "a group of recursive types", at);
            case 0x4f, 0x50 -> throw reader.unsupported(Feature.GC, "a subtype", at);
            case 0x5e -> throw reader.unsupported(Feature.GC, "an array type", at);
            case 0x5f -> throw reader.unsupported(Feature.GC, "a structure type", at);
            default -> throw reader.malformed("malformed type form", at);
        }
    }

    private ValType[] types(int count) {
        ValType[] types = new ValType[count];
        for (int i = 0; i < count; i++) {
            key[keyLength++] = (byte) reader.peekU8();
            types[i] = reader.valType();
        }
        return types;
    }
}
