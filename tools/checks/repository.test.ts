import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { deliveryRoleNames } from "../../stacks/delivery/role-names.ts";
import { environmentNames } from "../../stacks/environment/environment.ts";
import { environment } from "../../stacks/environment/environments.ts";
import { ROOT } from "../paths/root.ts";

/** Checks that configuration files agree with each other and with the code. */
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const workflows = globSync(".github/{workflows,actions}/**/*.yml", { cwd: ROOT }).map(read).join("\n");
const devcontainer = read(".devcontainer/devcontainer.json");
const all = (text: string, pattern: RegExp): Set<string> =>
  new Set([...text.matchAll(pattern)].map(([, found = ""]) => found));

/** The options of a workflow's input. */
function choices(workflow: string, input: string): readonly string[] {
  const { on } = parse(read(`.github/workflows/${workflow}.yml`)) as {
    on: { workflow_dispatch: { inputs: Record<string, { options?: readonly string[] }> } };
  };
  return on.workflow_dispatch.inputs[input]?.options ?? [];
}

it("uses the same version of each tool in the workflows and in the dev container", () => {
  const terraform = all(workflows, /terraform_version: "([^"]+)"/g);
  expect(terraform.size).toBe(1);
  expect(all(devcontainer, /features\/terraform[^{]*{ "version": "([^"]+)"/g)).toEqual(terraform);
  const node = all(workflows, /node-version: "([^"]+)"/g);
  expect(node.size).toBe(1);
  expect(all(devcontainer, /features\/node[^{]*{ "version": "([^"]+)"/g)).toEqual(node);
  const moto = all(`${workflows}${devcontainer}`, /moto\[server\]==([\d.]+)/g);
  expect(moto.size).toBe(1);
});

it("has a dev container configuration that is valid JSON with comments", () => {
  const { features } = JSON.parse(devcontainer.replaceAll(/^\s*\/\/.*$/gm, "")) as {
    features: Record<string, unknown>;
  };
  for (const feature of Object.keys(features))
    expect(feature).toMatch(/^ghcr\.io\/devcontainers\/features\/[a-z-]+:\d+\.\d+/);
});

it.each(["deploy", "build-containers", "release"])("offers the existing environments as inputs of %s", (name) => {
  expect(choices(name, "environment")).toEqual(
    environmentNames.filter((environmentName) => environmentName !== "local"),
  );
});

it("offers the stages that releases update", () => {
  const stages = Object.entries(environment("local").releases.stages).filter(
    ([, { follows }]) => follows === "releases",
  );
  expect(choices("release", "stage")).toEqual(stages.map(([stage]) => stage));
});

it("uses exactly the roles of delivery in the workflows", () => {
  const roles = all(workflows, /^ +role: ([a-z]+)$/gm);
  expect([...roles].toSorted()).toEqual(deliveryRoleNames.toSorted());
});

it("assigns code owners to existing files", () => {
  const paths = read(".github/CODEOWNERS")
    .split("\n")
    .filter((line) => line.startsWith("/"))
    .map((line) => line.split(" ")[0] ?? "");
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

it("configures Dependabot for existing folders", () => {
  const { updates } = parse(read(".github/dependabot.yml")) as {
    updates: { "package-ecosystem": string; directory?: string; directories?: string[] }[];
  };
  expect(updates.map((update) => update["package-ecosystem"]).toSorted()).toEqual([
    "devcontainers",
    "docker",
    "github-actions",
    "npm",
  ]);
  const folders = updates.flatMap(({ directory, directories = [] }) => [
    ...directories,
    ...(directory ? [directory] : []),
  ]);
  for (const folder of folders) expect(globSync(join(ROOT, folder)).length, folder).toBeGreaterThan(0);
});
