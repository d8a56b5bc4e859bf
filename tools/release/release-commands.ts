import { defineCommand, defineGroup, JSON_OPTION } from "../command-line/command.ts";

const stage = { description: "name of a stage" } as const;
const version = { description: "number of a version", optional: true } as const;
const implementation = () => import("./move-stages.ts");

/** `npm run system -- release` */
export const releaseCommand = defineGroup({
  name: "release",
  summary: "Moves the stages of the Releases system between versions",
  environment: true,
  examples: [
    { args: "dev status", description: "what each stage of dev serves" },
    { args: "promote live", description: "moves the stage live of the local deployment" },
  ],
  subcommands: [
    defineCommand({
      name: "status",
      summary: "Shows what each stage serves, and the artifact of each version",
      options: { json: JSON_OPTION },
      examples: [
        { args: "", description: "of the local deployment" },
        { args: "dev --json", description: "of dev, for programs" },
      ],
      run: async ({ environment, options: { json } }) => (await implementation()).printStatus(environment, json),
    }),
    defineCommand({
      name: "promote",
      summary: "Serves all requests of a stage with a version",
      description: "The default version is that of its canary, otherwise that of the previous stage.",
      arguments: { stage, version },
      examples: [
        { args: "test", description: "the version of the previous stage" },
        { args: "dev live 4", description: "version 4 in dev" },
      ],
      run: async ({ environment, arguments: args }) =>
        (await implementation()).promote(environment, args.stage, args.version),
    }),
    defineCommand({
      name: "canary",
      summary: "Serves a share of the requests of a stage with a version; an alarm ends it",
      description: "The default version is that of the current canary, otherwise that of the previous stage.",
      arguments: { stage, version },
      options: {
        weight: {
          type: "number",
          value: "percent",
          description: "share of the requests",
          minimum: 0,
          maximum: 100,
          required: true,
        },
      },
      examples: [
        { args: "live --weight 10", description: "10 % of the requests" },
        { args: "dev live 4 --weight 50", description: "50 % of the requests in dev to version 4" },
      ],
      run: async ({ environment, arguments: args, options: { weight } }) =>
        (await implementation()).startCanary(environment, args.stage, args.version, weight),
    }),
    defineCommand({
      name: "rollback",
      summary: "Ends the canary of a stage, or serves an earlier version",
      description: "The default version is the one before the current one.",
      arguments: { stage, version },
      examples: [
        { args: "live", description: "ends the canary, or serves the previous version" },
        { args: "dev live 3", description: "serves version 3 in dev" },
      ],
      run: async ({ environment, arguments: args }) =>
        (await implementation()).rollBack(environment, args.stage, args.version),
    }),
    defineCommand({
      name: "history",
      summary: "Shows who moved a stage, when, and between which versions",
      arguments: { stage },
      examples: [
        { args: "live", description: "of the local deployment" },
        { args: "dev live", description: "of dev" },
      ],
      run: async ({ environment, arguments: args }) => (await implementation()).printHistory(environment, args.stage),
    }),
    defineCommand({
      name: "publish",
      summary: "Publishes a version from a program file, to try releases without a commit",
      description:
        "Prints the number of the version, which no stage serves yet. Deployments publish versions from commits; the " +
        "next one publishes the program of its commit again.",
      arguments: { file: { description: "JavaScript module that exports handler" } },
      examples: [
        { args: "again.mjs", description: "publishes again.mjs to the local deployment" },
        { args: "dev again.mjs", description: "publishes it to dev" },
      ],
      run: async ({ environment, arguments: { file } }) => (await implementation()).publish(environment, file),
    }),
    defineCommand({
      name: "prune",
      summary: "Deletes versions that no stage serves or would return to",
      options: {
        keep: {
          type: "number",
          value: "n",
          description: "number of newest versions that are not deleted",
          minimum: 0,
          maximum: 10_000,
          integer: true,
          default: 5,
        },
      },
      examples: [
        { args: "", description: "all but the newest five" },
        { args: "dev --keep 2", description: "all but the newest two in dev" },
      ],
      run: async ({ environment, options: { keep } }) => (await implementation()).prune(environment, keep),
    }),
  ],
});
