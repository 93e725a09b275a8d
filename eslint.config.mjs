import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "cdktf.out/", "node_modules/"] },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // The index of the provider's package loads more than a thousand resources.
      "no-restricted-imports": ["error", { paths: ["@cdktf/provider-aws"] }],
    },
  },
  {
    // The core is pure data and functions; what creates resources stays outside.
    files: ["lib/core/**", "lib/features/**", "lib/hosts/**", "lib/configuration/**"],
    rules: {
      "no-restricted-imports": ["error", { patterns: ["cdktf", "constructs", "@cdktf/*"] }],
    },
  },
);
