import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EnvironmentError } from "../../stacks/environment/environment.ts";
import { defineCommand } from "./command.ts";
import { CommandError, UsageError, wrapErrors } from "./errors.ts";
import { execute } from "./run-command.ts";

class ExampleError extends CommandError {
  override readonly name = "ExampleError";
  readonly code = "EXAMPLE";
}

const command = (run: () => Promise<number>) =>
  defineCommand({
    name: "example",
    summary: "Is an example",
    environment: true,
    examples: [
      { args: "dev", description: "one" },
      { args: "prod", description: "two" },
    ],
    run,
  });
const failing = (error: unknown) =>
  execute(
    command(() => Promise.reject(error)),
    [],
    {},
  );

describe("execute", () => {
  let stderr: string[];
  let stdout: string[];

  beforeEach(() => {
    stderr = [];
    stdout = [];
    vi.spyOn(console, "error").mockImplementation((line) => void stderr.push(line));
    vi.spyOn(console, "log").mockImplementation((line) => void stdout.push(line));
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("returns the exit code of the command", async () => {
    expect(
      await execute(
        command(async () => 7),
        ["dev"],
        {},
      ),
    ).toBe(7);
  });

  it("prints the help without running the command", async () => {
    expect(
      await execute(
        command(() => Promise.reject(new Error())),
        ["--help"],
        {},
      ),
    ).toBe(0);
    expect(stdout.join()).toMatch(/^Usage: npm run example -- \[environment\]\n/);
  });

  it("returns 2 for wrong usage before the command runs, and where to find the usage", async () => {
    let ran = false;
    const code = await execute(
      command(async () => {
        ran = true;
        return 0;
      }),
      ["--unknown"],
      {},
    );
    expect([code, ran]).toEqual([2, false]);
    expect(stderr).toEqual(["Unknown option --unknown.\nRun npm run example -- --help to see its usage."]);
  });

  it("returns 2 for a UsageError of the command", async () => {
    expect(await failing(new UsageError("There is no commit."))).toBe(2);
    expect(stderr).toEqual(["There is no commit.\nRun npm run example -- --help to see its usage."]);
  });

  it.each([new ExampleError("It failed."), new EnvironmentError("UnknownPart" as never, "It failed.")])(
    "returns 1 and prints the message of an error for users: %s",
    async (error) => {
      expect(await failing(error)).toBe(1);
      expect(stderr).toEqual(["It failed.\nCheck it with npm run doctor -- local"]);
    },
  );

  it("returns 1 and prints the error of AWS", async () => {
    const error = Object.assign(new Error("not authorized"), { name: "AccessDenied", $metadata: {} });
    expect(await failing(error)).toBe(1);
    expect(stderr).toEqual(["AWS: AccessDenied: not authorized\nCheck it with npm run doctor -- local"]);
  });

  it("throws any other error, also one with a code", async () => {
    const error = Object.assign(new Error("no such file"), { code: "ENOENT" });
    await expect(failing(error)).rejects.toBe(error);
  });
});

describe("wrapErrors", () => {
  it("wraps errors of the given classes in command errors, and throws others unchanged", async () => {
    const fail = (error: Error) => wrapErrors([RangeError], () => Promise.reject(error));
    await expect(fail(new RangeError("too much"))).rejects.toThrow(CommandError);
    await expect(fail(new RangeError("too much"))).rejects.toThrow("too much");
    const other = new TypeError("other");
    await expect(fail(other)).rejects.toBe(other);
    expect(await wrapErrors([RangeError], async () => 1)).toBe(1);
  });
});
