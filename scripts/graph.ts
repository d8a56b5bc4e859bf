import { readCommandLine, runCommand, UsageError } from "../tools/command-line/command-line.ts";
import { graphMermaid, graphText, stackGraph } from "../tools/deploy/graph.ts";
import { outputDirectory } from "../tools/synth/settings.ts";
import { synthesize } from "../tools/synth/synthesize.ts";

/**
 * `npm run graph -- <environment>`: the stacks in the order of a deployment, each with the outputs that it reads of others.
 *
 *   --json, --mermaid  the same for a program, or for a page
 */
const OPTIONS = { json: { type: "boolean" }, mermaid: { type: "boolean" } } as const;

await runCommand(async () => {
  const { environment, names, values } = readCommandLine(OPTIONS);
  if (names.length > 0) throw new UsageError(`There is no environment "${names[0]}".`);
  const graph = stackGraph(await synthesize(outputDirectory(environment), { NV_DEMO_ENVIRONMENT: environment }));
  if (values.json) console.log(JSON.stringify(graph));
  else console.log(values.mermaid ? graphMermaid(graph) : graphText(graph));
  return 0;
});
