import { describe, expect, it } from "vitest";
import { routes as files } from "../services/api/routes.ts";
import { routes as docs } from "../services/docs/routes.ts";
import { routes as ui } from "../services/ui/routes.ts";
import { routes as users } from "../services/users/routes.ts";
import { environment } from "./environment/environments.ts";
import { integrityProblems } from "./testing/integrity.ts";
import { schemaProblems } from "./testing/schema-problems.ts";
import { stackOf, synthesize, testEnvironments } from "./testing/synthesize.ts";

describe.each(Object.entries(testEnvironments))("the stacks of %s", (_, chosen) => {
  const synthesized = synthesize(chosen, { files, users, ui, docs });

  it("have no missing reference, unresolved token, invalid JSON or secret", () => {
    expect(integrityProblems(synthesized)).toEqual([]);
  });

  it("use only arguments that the oldest allowed provider supports", () => {
    expect(schemaProblems(synthesized)).toEqual([]);
  });

  it("have a locked and encrypted state in the state bucket, and allow one account only", () => {
    for (const [name, { terraform, provider }] of Object.entries(synthesized.stacks)) {
      expect(terraform.backend.s3).toEqual({
        bucket: ["nv-demo", chosen.prefix.replace(/^nv-demo-?/, ""), "state", chosen.bucketSuffix]
          .filter(Boolean)
          .join("-"),
        key: `${chosen.name}/${name}.tfstate`,
        region: "us-east-1",
        encrypt: true,
        use_lockfile: true,
        use_path_style: chosen.s3Addressing === "path",
      });
      expect(terraform).toMatchObject({
        required_version: ">= 1.11",
        required_providers: { aws: { version: ">= 5.100, < 7" } },
      });
      expect(provider.aws[0]?.allowed_account_ids).toEqual([chosen.accountId]);
    }
  });
});

const local = synthesize(environment("local"));

it("has the expected stacks, dependencies and outputs", () => {
  const { stacks, dependencies } = local;
  const graph = Object.entries(stacks).map(([name, { output = {} }]) => [
    name,
    { after: dependencies[name], outputs: Object.keys(output).toSorted() },
  ]);
  expect(Object.fromEntries(graph)).toMatchSnapshot();
});

it("synthesizes the same configuration every time", () => {
  expect(synthesize(environment("local"))).toEqual(local);
});

it("has one remote state per stack that a stack reads", () => {
  const { data = {} } = stackOf(local, "frontend");
  expect(Object.keys(data.terraform_remote_state ?? {}).toSorted()).toEqual([
    "elasticache",
    "postgres",
    "s3_storage",
    "secrets",
    "users",
    "vpc",
  ]);
});
