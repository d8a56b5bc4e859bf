import { defineCommand, defineGroup } from "../command-line/command.ts";

const username = { description: "the person's name in the API" } as const;
const stage = { type: "string", value: "stage", description: "stage of the Hello system", default: "live" } as const;
const implementation = () => import("./operate-hello.ts");

/** `npm run system -- hello` */
export const helloCommand = defineGroup({
  name: "hello",
  summary: "Exports and erases the data of a person, and tests the restore of its table",
  environment: true,
  examples: [
    { args: "dev export Ada", description: "the data of Ada in dev" },
    { args: "restore-drill", description: "tests the restore in the local deployment" },
  ],
  subcommands: [
    defineCommand({
      name: "export",
      summary: "Prints all data of a person as JSON (GDPR article 15)",
      arguments: { username },
      options: { stage },
      examples: [
        { args: "Ada", description: "the data of Ada in the local deployment" },
        { args: "dev Ada --stage test", description: "the data of Ada in the stage test of dev" },
      ],
      exitCodes: { 1: "there is no data of this person, or a failure" },
      run: async ({ environment, arguments: args, options }) =>
        (await implementation()).exportData(environment, options.stage, args.username),
    }),
    defineCommand({
      name: "erase",
      summary: "Deletes the data of a person (GDPR article 17)",
      arguments: { username },
      options: { stage },
      examples: [
        { args: "Ada", description: "deletes the data of Ada in the local deployment" },
        { args: "dev Ada --stage test", description: "deletes it in the stage test of dev" },
      ],
      run: async ({ environment, arguments: args, options }) =>
        (await implementation()).eraseData(environment, options.stage, args.username),
    }),
    defineCommand({
      name: "restore-drill",
      summary: "Restores the table as a copy, compares both, and deletes the copy",
      options: { stage },
      examples: [
        { args: "", description: "in the local deployment" },
        { args: "dev --stage test", description: "the table of the stage test of dev" },
      ],
      run: async ({ environment, options }) => (await implementation()).drillRestore(environment, options.stage),
    }),
  ],
});
