import { checkUrl } from "../command-line/check-url.ts";
import { defineCommand, JSON_OPTION } from "../command-line/command.ts";
import type { FilesTarget } from "./open-files.ts";

const ADDRESS_OPTIONS = {
  address: {
    type: "string",
    value: "url",
    description: "the URL of a Files API, instead of an environment",
    check: checkUrl,
  },
  credentials: {
    type: "string",
    value: "file",
    description: "a file with an access key, or with user:password, that only you can read",
  },
} as const;
const OVERWRITE = { type: "boolean", description: "replace a file that exists" } as const;

const CREDENTIALS =
  "The credentials are those of --credentials, of the variable FILES_KEY, of FILES_USER and FILES_PASSWORD, of the file " +
  "~/.config/nv-demo/files, or of the secret of the environment.";

interface Options {
  readonly address: string | undefined;
  readonly credentials: string | undefined;
}

/** Loads what the commands need only when one runs. */
async function open(environment: FilesTarget["environment"], { address, credentials }: Options) {
  const [{ withFiles }, commands] = await Promise.all([import("./open-files.ts"), import("./run-files.ts")]);
  const run = (work: Parameters<typeof withFiles>[1]) => withFiles({ environment, address, credentials }, work);
  return { run, commands };
}

const putCommand = defineCommand({
  name: "put",
  summary: "Uploads a file",
  description: `Large files are sent in parts; an upload that was interrupted continues when it is repeated. ${CREDENTIALS}`,
  arguments: {
    file: { description: "a file on this machine" },
    key: { description: "the key, or a folder such as team/; default: the name of the file", optional: true },
  },
  options: { overwrite: OVERWRITE, ...ADDRESS_OPTIONS },
  examples: [
    { args: "report.pdf", description: "uploads it as report.pdf" },
    { args: "dev report.pdf team/ --overwrite", description: "uploads it to dev as team/report.pdf" },
  ],
  run: async ({ environment, arguments: { file, key }, options }) => {
    const { run, commands } = await open(environment, options);
    return run((context) => commands.put(context, file, key, options));
  },
});

const getCommand = defineCommand({
  name: "get",
  summary: "Downloads a file",
  description: `A download that was interrupted continues when it is repeated. ${CREDENTIALS}`,
  arguments: {
    key: { description: "the key of the file" },
    path: { description: "a file or a folder on this machine; default: the current folder", optional: true },
  },
  options: { overwrite: OVERWRITE, ...ADDRESS_OPTIONS },
  examples: [
    { args: "team/report.pdf", description: "downloads it as report.pdf" },
    { args: "dev team/report.pdf reports/ --overwrite", description: "downloads it from dev into the folder reports" },
  ],
  run: async ({ environment, arguments: { key, path }, options }) => {
    const { run, commands } = await open(environment, options);
    return run((context) => commands.get(context, key, path, options));
  },
});

const listCommand = defineCommand({
  name: "ls",
  summary: "Lists the folders and files in a folder",
  arguments: { prefix: { description: "a folder such as team/; default: the uppermost one", optional: true } },
  options: {
    recursive: { type: "boolean", description: "all files below it" },
    json: JSON_OPTION,
    ...ADDRESS_OPTIONS,
  },
  examples: [
    { args: "", description: "the uppermost folder of the local deployment" },
    { args: "dev team/ --recursive", description: "all files below team/ in dev" },
  ],
  run: async ({ environment, arguments: { prefix = "" }, options }) => {
    const { run, commands } = await open(environment, options);
    return run((context) => commands.list(context, prefix, options));
  },
});

const removeCommand = defineCommand({
  name: "rm",
  summary: "Removes files",
  description: "The bucket keeps the versions of removed files for 7 days.",
  arguments: { keys: { description: "keys of files, or folders with --recursive", repeated: true } },
  options: { recursive: { type: "boolean", description: "folders with everything below them" }, ...ADDRESS_OPTIONS },
  examples: [
    { args: "report.pdf team/plan.txt", description: "two files" },
    { args: "dev team/old/ --recursive", description: "a folder of dev" },
  ],
  run: async ({ environment, arguments: { keys }, options }) => {
    const { run, commands } = await open(environment, options);
    return run((context) => commands.remove(context, keys, options));
  },
});

const FROM_AND_TO = {
  from: { description: "the key of a file" },
  to: { description: "the new key" },
} as const;

const moveCommand = defineCommand({
  name: "mv",
  summary: "Moves or renames a file",
  arguments: FROM_AND_TO,
  options: { overwrite: OVERWRITE, ...ADDRESS_OPTIONS },
  examples: [
    { args: "draft.txt team/plan.txt", description: "in the local deployment" },
    { args: "dev draft.txt plan.txt --overwrite", description: "replaces plan.txt of dev" },
  ],
  run: async ({ environment, arguments: { from, to }, options }) => {
    const { run, commands } = await open(environment, options);
    return run((context) => commands.copy(context, from, to, { overwrite: options.overwrite, move: true }));
  },
});

const copyCommand = defineCommand({
  name: "cp",
  summary: "Copies a file inside the bucket",
  arguments: FROM_AND_TO,
  options: { overwrite: OVERWRITE, ...ADDRESS_OPTIONS },
  examples: [
    { args: "plan.txt archive/plan.txt", description: "in the local deployment" },
    { args: "dev plan.txt team/plan.txt --overwrite", description: "replaces team/plan.txt of dev" },
  ],
  run: async ({ environment, arguments: { from, to }, options }) => {
    const { run, commands } = await open(environment, options);
    return run((context) => commands.copy(context, from, to, { overwrite: options.overwrite, move: false }));
  },
});

const syncCommand = defineCommand({
  name: "sync",
  summary: "Makes a folder here like one there, or the other way round",
  description:
    "A file is transferred when the destination does not have it, when the sizes differ, or when the source is newer. " +
    "The folder of the API begins with files: such as files:team/, or files: for all files.",
  arguments: {
    source: { description: "a folder on this machine, or files:<folder>" },
    destination: { description: "the other one of the two" },
  },
  options: {
    "dry-run": { type: "boolean", description: "only print what would be done" },
    delete: { type: "boolean", description: "remove at the destination what the source does not have" },
    ...ADDRESS_OPTIONS,
  },
  examples: [
    { args: "reports files:team/reports/ --dry-run", description: "shows what would be uploaded" },
    { args: "dev files:team/ backup --delete", description: "makes the folder backup like team/ of dev" },
  ],
  run: async ({ environment, arguments: { source, destination }, options }) => {
    const [{ run }, { sync }] = await Promise.all([open(environment, options), import("./sync.ts")]);
    const { "dry-run": dryRun, delete: remove } = options;
    return run((context) => sync(context, source, destination, { dryRun, delete: remove }));
  },
});

const urlCommand = defineCommand({
  name: "url",
  summary: "Prints a URL with which anybody can download a file for a while",
  arguments: { key: { description: "the key of the file" } },
  options: {
    expires: {
      type: "number",
      value: "seconds",
      description: "how long the URL is valid",
      minimum: 1,
      maximum: 900,
      integer: true,
      default: 300,
    },
    ...ADDRESS_OPTIONS,
  },
  examples: [
    { args: "report.pdf", description: "valid for 5 minutes" },
    { args: "dev report.pdf --expires 900", description: "valid for 15 minutes" },
  ],
  run: async ({ environment, arguments: { key }, options }) => {
    const { run, commands } = await open(environment, options);
    return run((context) => commands.url(context, key, options.expires));
  },
});

export const filesCommands = [
  putCommand,
  getCommand,
  listCommand,
  removeCommand,
  moveCommand,
  copyCommand,
  syncCommand,
  urlCommand,
];
