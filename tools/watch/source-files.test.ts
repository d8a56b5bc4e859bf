import { expect, it } from "vitest";
import { isSource } from "./source-files.ts";

it.each([
  "services/api/index.ts",
  "services/ui/browser/app.tsx",
  "services/ui/browser/style.css",
  "services/Dockerfile",
  "stacks/vpc.ts",
  "main.ts",
  "cdktf.json",
])("%s may be deployed", (path) => expect(isSource(path)).toBe(true));

it.each([
  "services/api/app.test.ts",
  "services/ui/browser/app.test.tsx",
  "services/hello/testing/person.ts",
  "stacks/__snapshots__/stacks.test.ts.snap",
  "services/api/README.md",
  "services/api/.index.ts.swp",
  "services/api/.#index.ts",
  "services/api/index.ts~",
  "services/api/4913",
  "services/api/index.ts.tmp.42",
])("%s is not deployed", (path) => expect(isSource(path)).toBe(false));
