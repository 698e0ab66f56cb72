package dev.featuremap.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModulesTest {
    @Test
    void makesEachModuleAFunctionAfterThoseItImports() {
        Map<String, String> modules = Map.of("a/main.js", """
                import { one, two as other } from "./one.js";
                import {
                  three,
                } from "../b/three.js";
                export const sum = one + other + three;
                """, "a/one.js", """
                export const one = 1;
                const hidden = 2;
                export async function two() {}
                """, "b/three.js", """
                import { one } from "../a/one.js";
                export function three() {}
                """);
        assertThat(Modules.join("a/main.js", modules::get)).isEqualTo("""
                        "use strict";
                        (() => {
                        const modules = {};
                        modules["a/one.js"] = (() => {
                        const one = 1;
                        const hidden = 2;
                        async function two() {}
                        return { one, two };
                        })();
                        modules["b/three.js"] = (() => {
                        const { one } = modules["a/one.js"];
                        function three() {}
                        return { three };
                        })();
                        modules["a/main.js"] = (() => {
                        const { one, two: other } = modules["a/one.js"];
                        const {
                          three,
                        } = modules["b/three.js"];
                        const sum = one + other + three;
                        return { sum };
                        })();
                        globalThis.featuremap = modules["a/main.js"];
                        })();
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import all from \"./one.js\";\n",
                "import * as all from \"./one.js\";\n",
                "export default 1;\n",
                "export { one };\n",
                "export let one = 1;\n",
                "export class One {}\n",
                "const text = \"</script>\";\n",
                "const text = \"<!--\";\n"
            })
    void refusesWhatItCannotJoin(String text) {
        assertThatThrownBy(() -> Modules.join("a.js", path -> text))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("a.js: cannot be joined: ");
    }

    @Test
    void refusesModulesThatImportEachOther() {
        Map<String, String> modules = Map.of(
                "a.js", "import { b } from \"./b.js\";\n",
                "b.js", "import { a } from \"./a.js\";\n");
        assertThatThrownBy(() -> Modules.join("a.js", modules::get)).hasMessage("a.js imports itself by way of others");
    }
}
