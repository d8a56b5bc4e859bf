import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outputPattern, readShellBlocks, shellBlocksOf } from "../support/document.ts";
import { LocalDeployment } from "../support/local-deployment.ts";
import { CloneFolder, type PastedCommand, paste } from "../support/pasted-commands.ts";
import { target } from "../support/target.ts";

const { kind } = target;

/** In the order in which the README lists them. */
const documents = [
  "README.md",
  ...["files", "shout", "hello", "sum", "releases"].map((name) => `docs/systems/${name}.md`),
];

/** Blocks that cannot run in this test; every other one must work. */
const skipped = documents.flatMap((path) =>
  readShellBlocks(path)
    .filter((block) => block.skipped !== undefined)
    .map((block) => `${path}, ${block.heading}: ${block.skipped}`),
);

it("runs every block but these", () => {
  expect(skipped).toMatchInlineSnapshot(`
    [
      "README.md, nv-demo: clones the repository",
      "README.md, Look inside: needs the AWS CLI",
      "README.md, Deploy it to AWS: needs an AWS account",
      "README.md, Deploy it to AWS: needs an AWS account, and downloads the cdktf CLI",
      "README.md, Plan, apply, drift, state: needs an AWS account",
      "README.md, Test it: runs the tests, this one included",
      "docs/systems/files.md, The description of the API: downloads a package",
      "docs/systems/files.md, Missed events: needs the AWS CLI",
    ]
  `);
});

describe.skipIf(kind !== "local")("pasted after npm start, in order, every command works", () => {
  const deployment = new LocalDeployment();
  let folder: CloneFolder;

  beforeAll(async () => {
    await deployment.start(); // Not the one of the other tests, because the documents begin with a fresh one.
    folder = new CloneFolder(deployment.dataDirectory);
  });
  afterAll(async () => {
    folder?.remove();
    await deployment.remove();
  });

  it.each(documents)(
    "%s",
    async (path) => {
      const blocks = readShellBlocks(path).filter((block) => block.skipped === undefined);
      const commands = blocks.flatMap((block) => block.commands);
      expect(commands.length).toBeGreaterThan(0);
      const variables = { NV_DEMO_DATA: deployment.dataDirectory, NV_DEMO_ENVIRONMENT: "" };
      const results = await paste(commands, folder.path, variables);
      expect(results.filter((result) => !isAsDocumented(result))).toEqual([]);
    },
    300_000,
  );
});

function isAsDocumented({ stdout, output }: PastedCommand): boolean {
  // The number of days depends on the current date.
  const text = stdout.replace(/Happy birthday!|Your birthday is in \d+ day\(s\)/, "Your birthday is in N day(s)");
  return output === undefined || outputPattern(output).test(text);
}

describe("the reader of documents", () => {
  it("finds commands with their outputs, and the reason of a block that is not run", () => {
    const text = [
      "## Try it",
      "```sh",
      "# A comment",
      "echo a \\",
      "  b",
      "# → a b",
      "true",
      "```",
      "<!-- not run by the test: needs Docker -->",
      "```sh",
      "docker ps",
      "```",
    ].join("\n");
    expect(shellBlocksOf(text)).toEqual([
      {
        heading: "Try it",
        commands: [
          { command: "echo a \\\n  b", output: "a b" },
          { command: "true", output: undefined },
        ],
        skipped: undefined,
      },
      { heading: "Try it", commands: [{ command: "docker ps", output: undefined }], skipped: "needs Docker" },
    ]);
  });

  it("names the first command that fails", async () => {
    const commands = ["true", "false", "true"].map((command) => ({ command, output: undefined }));
    await expect(paste(commands, ".", {})).rejects.toThrow("Exit code 1 of: false");
  });

  it("compares outputs, in which … stands for anything", () => {
    expect(outputPattern('{"a":"…"}').test('{"a":"b.c"}\n')).toBe(true);
    expect(outputPattern("a.c").test("abc")).toBe(false);
  });
});
