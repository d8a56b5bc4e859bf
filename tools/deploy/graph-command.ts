import { defineCommand, JSON_OPTION } from "../command-line/command.ts";

/** `npm run tool -- graph` */
export const graphCommand = defineCommand({
  name: "graph",
  summary: "Prints the stacks in the order of a deployment, with what they read",
  environment: true,
  options: { json: JSON_OPTION, mermaid: { type: "boolean", description: "print a Mermaid diagram" } },
  examples: [
    { args: "dev", description: "text" },
    { args: "dev --mermaid", description: "a diagram for a Markdown page" },
  ],
  run: async ({ environment, options: { json, mermaid } }) => {
    const [{ graphMermaid, graphText, stackGraph }, { outputDirectory }, { synthesize }] = await Promise.all([
      import("./graph.ts"),
      import("../paths/output-directory.ts"),
      import("../synth/synthesize.ts"),
    ]);
    const graph = stackGraph(
      await synthesize({ outdir: outputDirectory(environment), variables: { NV_DEMO_ENVIRONMENT: environment } }),
    );
    if (json) console.log(JSON.stringify(graph));
    else console.log(mermaid ? graphMermaid(graph) : graphText(graph));
    return 0;
  },
});
