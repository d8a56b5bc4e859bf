import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findAwsCli, keepLocal, parseAwsCliVersion } from "./aws-cli.ts";
import { ProgramNotFoundError, requireProgram } from "./find-program.ts";

const folder = mkdtempSync(join(tmpdir(), "local-aws-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A folder with a program `aws`. */
function withAws(name: string, script: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

it.each([
  ["aws-cli/2.9.19 Python/3.11.2 Linux/6.1.0 source/x86_64.debian.12", "aws-cli/2.9.19", false],
  ["aws-cli/2.12.7 Python/3.11.4", "aws-cli/2.12.7", false],
  ["aws-cli/2.13.0 Python/3.11.4", "aws-cli/2.13.0", true],
  ["aws-cli/2.31.4 Python/3.13.7", "aws-cli/2.31.4", true],
  ["aws-cli/1.28.85 Python/3.8.10", "aws-cli/1.28.85", false],
  ["aws-cli/1.29.0 Python/3.8.10", "aws-cli/1.29.0", true],
  ["aws-cli/3.0.0", "aws-cli/3.0.0", true],
  ["something else", undefined, false],
])("knows whether a version reads AWS_ENDPOINT_URL: %s", (output, version, readsEndpointVariable) => {
  expect(parseAwsCliVersion(output)).toEqual({ version, readsEndpointVariable });
});

describe("findAwsCli", () => {
  it("reads the version from either stream", async () => {
    expect(await findAwsCli({}, withAws("out", "echo aws-cli/2.31.4 Python"))).toMatchObject({
      readsEndpointVariable: true,
    });
    expect(await findAwsCli({}, withAws("err", "echo aws-cli/1.11.2 Python >&2"))).toMatchObject({
      version: "aws-cli/1.11.2",
    });
  });

  it("trusts no program that does not tell its version, and finds none that does not exist", async () => {
    expect(await findAwsCli({}, withAws("broken", "exit 3"))).toEqual({
      version: undefined,
      readsEndpointVariable: false,
    });
    expect(await findAwsCli({}, join(folder, "none"))).toBeUndefined();
  });
});

it("names the endpoint once, and leads every other request to a proxy that does not exist", () => {
  const { args, environment } = keepLocal({ args: ["s3", "ls"], environment: { PATH: "/bin" } }, "http://local");
  expect(args).toEqual(["--endpoint-url", "http://local", "s3", "ls"]);
  expect(environment).toMatchObject({
    PATH: "/bin",
    HTTPS_PROXY: "http://127.0.0.1:1",
    https_proxy: "http://127.0.0.1:1",
    no_proxy: "127.0.0.1,localhost",
  });
  for (const own of [["--endpoint-url", "http://own"], ["--endpoint-url=http://own"]]) {
    expect(keepLocal({ args: own, environment: {} }, "http://local").args).toEqual(own);
  }
});

describe("requireProgram", () => {
  it("finds programs on the PATH and by their path", () => {
    const path = withAws("tool", "");
    expect(() => requireProgram("tool", `/none:${folder}`, "linux")).not.toThrow();
    expect(() => requireProgram(path, "", "linux")).not.toThrow();
  });

  it("names a program that is missing, and how to install the AWS CLI", () => {
    expect(() => requireProgram("aws", "/none", "linux")).toThrow(ProgramNotFoundError);
    expect(() => requireProgram("aws", "/none", "linux")).toThrow(/^aws is not on the PATH. Install the AWS CLI: http/);
    expect(() => requireProgram("./none", folder, "linux")).toThrow("There is no program ./none.");
    writeFileSync(join(folder, "text"), "");
    expect(() => requireProgram("text", folder, "linux")).toThrow("text is not on the PATH.");
  });
});
