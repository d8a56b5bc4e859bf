import { type Command, defineCommand, JSON_OPTION } from "../../command-line/command.ts";

const stack = { description: "name of a stack" } as const;
const implementation = () => import("./manage-state.ts");

/** The subcommands of `npm run state`. */
export const stateCommands: readonly Command[] = [
  defineCommand({
    name: "list",
    summary: "Lists all states with their locks, or the addresses in the state of a stack",
    arguments: { stack: { ...stack, optional: true } },
    options: { json: JSON_OPTION },
    examples: [
      { args: "dev", description: "the serial, the resources and the lock of every state" },
      { args: "dev vpc", description: "the addresses in the state of vpc" },
    ],
    run: async ({ environment, arguments: { stack: name }, options: { json } }) => {
      const { listAddresses, listStates, withStackState } = await implementation();
      return name === undefined
        ? listStates(environment, json)
        : withStackState(environment, name, json, listAddresses);
    },
  }),
  defineCommand({
    name: "show",
    summary: "Shows the state of one resource",
    arguments: { stack, address: { description: "the resource's address" } },
    examples: [
      { args: "dev vpc aws_vpc.Main", description: "the state of the VPC" },
      { args: "local vpc aws_vpc.Main", description: "the same of the local deployment" },
    ],
    run: async ({ environment, arguments: { stack: name, address } }) => {
      const { showResource, withStackState } = await implementation();
      return withStackState(environment, name, false, (state) => showResource(state, address));
    },
  }),
  defineCommand({
    name: "pull",
    summary: "Prints the whole state of a stack",
    arguments: { stack },
    examples: [
      { args: "dev vpc", description: "the state of vpc as JSON" },
      { args: "dev vpc > vpc.tfstate", description: "saves it to a file" },
    ],
    run: async ({ environment, arguments: { stack: name } }) => {
      const { pullState, withStackState } = await implementation();
      return withStackState(environment, name, false, pullState);
    },
  }),
  defineCommand({
    name: "unlock",
    summary: "Shows the lock of a state, or removes the lock with the given ID",
    arguments: { stack, id: { description: "ID of the lock to remove, whose holder has terminated", optional: true } },
    options: { json: JSON_OPTION },
    examples: [
      { args: "dev vpc", description: "the holder and the ID of the lock" },
      { args: "dev vpc 6f1c2f7e-6a55-4b1e-9d3c-1f0f5a8f3b11", description: "removes this lock and no other" },
    ],
    run: async ({ environment, arguments: { stack: name, id }, options: { json } }) => {
      const { removeLock, showLock, withStackState } = await implementation();
      return withStackState(environment, name, json, (state) =>
        id === undefined ? showLock(state) : removeLock(state, id),
      );
    },
  }),
  defineCommand({
    name: "versions",
    summary: "Lists the versions of a state in the bucket, the newest first",
    arguments: { stack },
    options: { json: JSON_OPTION },
    examples: [
      { args: "dev vpc", description: "each version with its time, serial and size" },
      { args: "dev vpc --json", description: "the same for programs" },
    ],
    run: async ({ environment, arguments: { stack: name }, options: { json } }) => {
      const { listVersions, withStackState } = await implementation();
      return withStackState(environment, name, json, listVersions);
    },
  }),
  defineCommand({
    name: "restore",
    summary: "Writes an old version of a state as the newest one",
    arguments: { stack, version: { description: "ID of the version" } },
    options: { json: JSON_OPTION },
    examples: [
      { args: "dev vpc 3sL4kqtJlcpXroDTDmJ", description: "restores this version" },
      { args: "dev vpc 3sL4kqtJlcpXroDTDmJ --json", description: "prints the new serial for programs" },
    ],
    run: async ({ environment, arguments: { stack: name, version }, options: { json } }) => {
      const { restoreVersion, withStackState } = await implementation();
      return withStackState(environment, name, json, (state) => restoreVersion(state, version));
    },
  }),
];
