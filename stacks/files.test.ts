import { describe, expect, it } from "vitest";
import { routes } from "../services/api/routes.ts";
import { environment } from "./environment/environments.ts";
import { problems } from "./testing/integrity.ts";
import { schemaProblems } from "./testing/schema-problems.ts";
import { stackOf, synthesize, testEnvironments } from "./testing/synthesize.ts";

describe.each(Object.entries(testEnvironments))("the stacks of %s", (_, chosen) => {
  const synthesized = synthesize(chosen, routes);

  it("hold no broken reference, no broken token, no broken JSON and no secret", () => {
    expect(problems(synthesized)).toEqual([]);
  });

  it("use nothing that the oldest allowed provider does not know", () => {
    expect(schemaProblems(synthesized)).toEqual([]);
  });

  it("keep each its own state in the one bucket, locked and encrypted, and lock the account", () => {
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

it("draws the graph of the stacks and what they tell each other", () => {
  const { stacks, dependencies } = local;
  const graph = Object.entries(stacks).map(([name, { output = {} }]) => [
    name,
    { after: dependencies[name], outputs: Object.keys(output).toSorted() },
  ]);
  expect(Object.fromEntries(graph)).toMatchSnapshot();
});

it("writes the same text every time", () => {
  expect(synthesize(environment("local"))).toEqual(local);
});

it("reads each stack that it uses once, from where that stack keeps its state", () => {
  const { data = {} } = stackOf(local, "frontend");
  expect(Object.keys(data.terraform_remote_state ?? {}).toSorted()).toEqual([
    "client_api_key",
    "elasticache",
    "postgres",
    "s3_storage",
    "secrets",
    "vpc",
  ]);
});
