import { defineCommand } from "../command-line/command.ts";

/** `npm run tool -- diagrams` */
export const diagramsCommand = defineCommand({
  name: "diagrams",
  summary: "Draws the stacks, the network and each system of prod into docs/diagrams",
  description: "A test fails when the diagrams are out of date.",
  examples: [
    { args: "", description: "writes all diagrams" },
    { args: "&& git diff --stat docs/diagrams", description: "shows which diagrams have changed" },
  ],
  run: async () => (await import("./write-diagrams.ts")).writeDiagrams(),
});
