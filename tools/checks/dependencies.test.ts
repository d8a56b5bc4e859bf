import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const programs = globSync("{services,lib}/**/*.ts", { cwd: repository }).filter(
  (file) => !file.endsWith(".test.ts") && !file.includes("/testing/"),
);
const textOf = (file: string): string => readFileSync(join(repository, file), "utf8");

/** The files of this repository that a file imports, by their paths in it. */
const importsOf = (file: string): string[] =>
  [...textOf(file).matchAll(/ from "(\.[^"]+)"/g)].map(([, path = ""]) =>
    relative(repository, join(repository, dirname(file), path)),
  );

describe.each(programs)("%s", (file) => {
  const [top, service] = file.split("/");

  it("imports from its own service and from lib only", () => {
    const own = top === "services" && service?.endsWith(".ts") === false ? [`services/${service}/`, "lib/"] : ["lib/"];
    expect(importsOf(file).filter((path) => !own.some((folder) => path.startsWith(folder)))).toEqual([]);
  });

  it("leaves the environment to the configuration", () => {
    if (!file.endsWith("/config.ts")) expect(textOf(file)).not.toContain("process.env");
  });
});

it("keeps what stacks import free of imports", () => {
  expect(importsOf("services/api/routes.ts")).toEqual([]);
  expect(importsOf("services/hello/routes.ts")).toEqual([]);
  expect(importsOf("services/build-info/routes.ts")).toEqual([]);
  expect(importsOf("services/services.ts")).toEqual([]);
});
