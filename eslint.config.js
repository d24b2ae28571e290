import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  {
    files: ["templates/**/*.js"],
    languageOptions: { sourceType: "script", globals: globals.browser },
    rules: { "no-var": "error", "prefer-const": "error" },
  },
];
