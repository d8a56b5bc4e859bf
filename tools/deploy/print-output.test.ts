import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { UsageError } from "../command-line/errors.ts";
import { requireOutput } from "./print-output.ts";

function stackWith(names: readonly string[]) {
  const directory = mkdtempSync(join(tmpdir(), "nv-demo-output-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const output = Object.fromEntries(names.map((name) => [name, { value: "" }]));
  const terraform = { backend: { s3: { bucket: "state", key: "frontend" } }, required_providers: {} };
  writeFileSync(join(directory, "cdk.tf.json"), JSON.stringify({ terraform, output }));
  return { name: "frontend", directory, dependencies: [] };
}

it("accepts an output of the stack", () => {
  expect(() => requireOutput(stackWith(["api_id", "api_url"]), "api_url")).not.toThrow();
});

it.each([
  ["suggests a name", ["api_id", "api_url"], "api_ulr", 'Did you mean "api_url"?'],
  ["lists all names", ["api_id", "stage"], "password", "It has api_id, stage."],
  ["says that there are none", [], "api_url", "It has no outputs."],
])("%s", (_, names, name, hint) => {
  const expected = new UsageError(`The stack frontend has no output "${name}". ${hint}`);
  expect(() => requireOutput(stackWith(names), name)).toThrow(expected);
});
