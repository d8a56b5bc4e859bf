import { defineCommand, defineGroup } from "../command-line/command.ts";

const implementation = () => import("./act-on-github.ts");

/** `npm run tool -- github`: the commands that only workflows use. */
export const githubCommand = defineGroup({
  name: "github",
  summary: "Supports the workflows: environments, roles, comments and drift issues",
  environment: true,
  examples: [
    { args: "environments", description: "the environments that this repository deploys to" },
    { args: "dev access plan", description: "the role of plan in dev" },
  ],
  subcommands: [
    defineCommand({
      name: "environments",
      summary: "Prints the environments that this repository deploys to, for $GITHUB_OUTPUT",
      arguments: {
        names: { description: "only these environments", optional: true, repeated: true },
      },
      examples: [
        { args: "", description: `environments=["dev"]` },
        { args: "", description: "an empty list in a fork" },
      ],
      run: async ({ arguments: { names } }) => (await implementation()).printEnvironments(names),
    }),
    defineCommand({
      name: "access",
      summary: "Prints the role, the region and the bucket of plans, for $GITHUB_OUTPUT",
      arguments: { role: { description: "name of a delivery role" } },
      examples: [
        { args: "dev plan", description: "the role that plans in dev" },
        { args: "prod apply", description: "the role that applies in prod" },
      ],
      run: async ({ environment, arguments: { role } }) => (await implementation()).printAccess(environment, role),
    }),
    defineCommand({
      name: "comment",
      summary: "Creates or updates the comment of a pull request about an environment",
      arguments: {
        number: {
          description: "number of the pull request",
          check: (value: string) =>
            /^\d+$/.test(value) ? undefined : `"${value}" is not the number of a pull request.`,
        },
        files: { description: "Markdown files, which become the comment", repeated: true },
      },
      examples: [
        { args: "dev 12 plan.md", description: "a comment with the plan" },
        { args: "dev 12 plan.md cost.md", description: "a comment with the plan and the cost" },
      ],
      run: async ({ environment, arguments: { number, files } }) =>
        (await implementation()).comment(environment, Number(number), files),
    }),
    defineCommand({
      name: "drift",
      summary: "Opens and closes an issue for each stack that has drifted",
      arguments: { file: { description: "the output of npm run drift -- --json" } },
      examples: [
        { args: "dev drift.jsonl", description: "the issues about dev" },
        { args: "prod drift.jsonl", description: "the issues about prod" },
      ],
      run: async ({ environment, arguments: { file } }) =>
        (await implementation()).updateDriftIssues(environment, file),
    }),
  ],
});
