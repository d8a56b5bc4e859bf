import { defineCommand, defineGroup, runCommand, runProgram } from "../tools/command-line/index.ts";
import { graphCommand } from "../tools/deploy/graph-command.ts";
import { imagesCommand } from "../tools/deploy/images-command.ts";
import { diagramsCommand } from "../tools/diagrams/diagrams-command.ts";
import { diffEnvCommand } from "../tools/diff-env/diff-env-command.ts";
import { githubCommand } from "../tools/github/github-commands.ts";
import { screenshotsCommand } from "../tools/recording/screenshots-command.ts";

const conformanceCommand = defineCommand({
  name: "conformance",
  summary: "Compares the local AWS with the real AWS provider on an emulator",
  description:
    "It applies the stacks to the emulator with the released hashicorp/aws, and skips them where there is none.",
  arguments: {
    stacks: { description: "stacks to apply with their dependencies; default: all", optional: true, repeated: true },
  },
  examples: [
    { args: "", description: "every stack" },
    { args: "vpc", description: "one stack and its dependencies" },
  ],
  run: ({ arguments: { stacks } }) => runProgram("conformance/run.ts", stacks),
});

const schemaCommand = defineCommand({
  name: "schema",
  summary: "Generates the local provider's schema from the real AWS provider",
  examples: [
    { args: "", description: "writes packages/local-aws/src/provider/schema/aws.generated.json" },
    { args: "&& git diff --stat", description: "shows whether it has changed" },
  ],
  run: () =>
    runProgram("packages/local-aws/schema/generate-schema.ts", [], {
      LOCAL_AWS_PLUGIN_MIRROR: process.env.NV_DEMO_PLUGIN_MIRROR,
    }),
});

export const command = defineGroup({
  name: "tool",
  section: "Maintainers",
  summary: "Runs a tool for the maintainers of this repository",
  subcommands: [
    conformanceCommand,
    diagramsCommand,
    diffEnvCommand,
    githubCommand,
    graphCommand,
    imagesCommand,
    schemaCommand,
    screenshotsCommand,
  ],
  examples: [
    { args: "graph dev", description: "the stacks in the order of a deployment" },
    { args: "diff-env dev prod", description: "the differences between two environments" },
  ],
});

if (import.meta.main) await runCommand(command);
