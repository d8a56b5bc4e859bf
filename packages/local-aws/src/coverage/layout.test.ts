import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { readSchema } from "../provider/schema/aws.ts";
import { type Coverage, readCoverage } from "./coverage.ts";

const AWS = fileURLToPath(new URL("../aws", import.meta.url));
/** Folders whose name is not the signing name of the service. */
const FOLDERS: Readonly<Record<string, string>> = {
  elasticloadbalancing: "elastic-load-balancing",
  monitoring: "cloudwatch",
  secretsmanager: "secrets-manager",
};
const files = globSync("**/*.ts", { cwd: AWS }).filter((file) => !file.endsWith(".test.ts"));
const textOf = (file: string): string => readFileSync(join(AWS, file), "utf8");

/** `DescribeDBInstances` → `describe-db-instances`, `ListObjectsV2` → `list-objects-v2`. */
function kebab(action: string): string {
  return action
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
}

let coverage: Coverage;
beforeAll(async () => {
  coverage = await readCoverage(readSchema());
});

describe("the service folders", () => {
  it("are composed in a file of the same name", () => {
    const folders = new Set(files.map((file) => file.split("/")[0] ?? ""));
    expect([...folders].filter((folder) => !existsSync(join(AWS, folder, `${folder}.ts`)))).toEqual([]);
  });

  it("have one file per action in operations/, and otherwise only index.ts and context.ts", () => {
    const folders = Object.entries(coverage.actions).map(
      ([name, actions]) => [FOLDERS[name] ?? name, actions] as const,
    );
    const expected = folders.flatMap(([folder, actions]) =>
      [...actions.map(kebab), "index", "context"].map((name) => `${folder}/operations/${name}.ts`),
    );
    expect(files.filter((file) => file.includes("/operations/")).sort()).toEqual(expected.sort());
  });

  it("list operations and resource types in index.ts only", () => {
    expect(files.filter((file) => /^[^/]+\/(operations|terraform|recorded-types)\.ts$/.test(file))).toEqual([]);
    for (const folder of new Set(files.map(dirname).filter((path) => /\/(operations|terraform)$/.test(path)))) {
      expect(existsSync(join(AWS, folder, "index.ts")), folder).toBe(true);
    }
  });

  it("describe resource types below terraform/, one per file", () => {
    const declared = new Map<string, Set<string>>();
    for (const file of files) {
      for (const [, type = ""] of textOf(file).matchAll(/\btype: "(aws_\w+)"/g)) {
        declared.set(file, (declared.get(file) ?? new Set()).add(type));
      }
    }
    const elsewhere = [...declared.keys()].filter((file) => basename(dirname(file)) !== "terraform");
    const several = [...declared].filter(([, types]) => types.size > 1).map(([file]) => file);
    expect({ elsewhere, several }).toEqual({ elsewhere: [], several: [] });
  });
});
