// The public surface as one text, for reviews: what the library exports, without comments and without the types of other
// packages.
import { format, resolveConfig } from "prettier";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";
import ts from "typescript";

const HEAD = `# What the library exports

\`npm run api\` writes this file from the types. A test compares the two, so that a change of the public surface is seen
in the review of the change.
`;

/** @param input the entry among the declarations that the compiler wrote */
export async function apiReport(input) {
  const { generate } = await rollup({
    input,
    external: (name) => !name.startsWith(".") && !name.startsWith("/"),
    plugins: [dts()],
  });
  const { output } = await generate({ format: "es" });
  const source = ts.createSourceFile("index.d.ts", output[0].code, ts.ScriptTarget.Latest);
  const declarations = ts.createPrinter({ removeComments: true }).printFile(source);
  const options = await resolveConfig("etc/datadog-agent-ecs.api.md");
  return format(`${HEAD}\n\`\`\`ts\n${declarations.trim()}\n\`\`\`\n`, { ...options, parser: "markdown" });
}
