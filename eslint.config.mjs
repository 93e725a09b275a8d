import tseslint from "typescript-eslint";

/** The index of the provider's package loads more than a thousand resources. */
const PROVIDER_INDEX = { name: "@cdktf/provider-aws", message: "Import the resource from its own path in lib/." };

/** What runs without CDKTF loads fast, and is of use to people who don't have it. */
const CDKTF = {
  regex: "^(?:cdktf|constructs|@cdktf)(?:/|$)",
  message: "Only lib/constructs, which makes the resources, and main.ts may import it.",
};

/** An app can add to what is passed in; it can't add to what is imported. */
const REGISTRIES = {
  regex: "^(?:\\.\\./)+(?:catalog|features|settings|hosts)(?:/index)?$",
  message: "Take a Catalog, or the part of it that is needed, as the first argument.",
};
const REGISTRIES_NEXT_TO_IT = { ...REGISTRIES, regex: "^\\./(?:catalog|features|settings|hosts)(?:/index)?$" };

/** The object `z` has all of zod, which a bundle then must have, too. */
const ZOD_OBJECT = {
  selector: 'ImportDeclaration[source.value="zod"] > ImportSpecifier[imported.name="z"]',
  message: 'Write import * as z from "zod".',
};

const restricted = (...patterns) => ({ "no-restricted-imports": ["error", { paths: [PROVIDER_INDEX], patterns }] });

/** What puts the registries and everything else together. */
const ENTRY_POINTS = ["lib/index.ts", "lib/catalog.ts", "lib/commands/**", "scripts/**"];

const PROCESSES_AND_NETWORK = ["node:child_process", "node:http", "node:https", "node:net", "esbuild"];

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
      "no-restricted-syntax": ["error", ZOD_OBJECT],
      ...restricted(),
    },
  },
  { files: ["lib/**/*.ts"], rules: restricted(CDKTF, REGISTRIES) },
  { files: ["lib/*.ts"], rules: restricted(CDKTF, REGISTRIES_NEXT_TO_IT) },
  { files: ENTRY_POINTS, rules: restricted(CDKTF) },
  { files: ["lib/constructs/**/*.ts"], rules: restricted(REGISTRIES) },
  // The construct is what an app begins with.
  { files: ["lib/constructs/datadog-agent-daemon.ts"], rules: restricted() },
  {
    // Fast tests start no process and need no network; jest.config.js says which project has which folder.
    files: ["__tests__/**/*.test.ts"],
    ignores: ["__tests__/app/**", "__tests__/end-to-end/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        { paths: [PROVIDER_INDEX, ...PROCESSES_AND_NETWORK], patterns: ["**/end-to-end/support/*"] },
      ],
    },
  },
);
