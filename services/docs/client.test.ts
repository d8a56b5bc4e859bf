import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { generateTypes } from "@nv-demo/openapi-types";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createDocument } from "./openapi/document.ts";
import { documentedServices } from "./services.ts";

/** A client with types that openapi-typescript generates. */
const client = `
import type { components, paths } from "./files.js";

type Search = paths["/api/search"]["get"];
type Found = Search["responses"][200]["content"]["application/json"];

export async function search(url: string, query: Search["parameters"]["query"]): Promise<readonly string[]> {
  const parameters = Object.entries(query).map(([name, value]) => [name, String(value)]);
  const response = await fetch(url + "/api/search?" + new URLSearchParams(parameters));
  const found = (await response.json()) as Found;
  return found.map((file: components["schemas"]["FileRecord"]) => file.prefix_path);
}
`;
const calls = {
  valid: 'search("", { q: "fox", limit: 10 });',
  "without a required parameter": "search('', { limit: 10 });",
  "with a parameter of another type": 'search("", { q: "fox", limit: "ten" });',
};

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nv-demo-client-"));
  await writeFile(join(folder, "files.d.ts"), await generateTypes(createDocument(documentedServices)));
});
afterAll(() => rm(folder, { recursive: true }));

/** Compiles the client with a call; what the compiler reports is the result. */
async function compile(call: string): Promise<string> {
  await writeFile(join(folder, "client.ts"), `${client}\n${call}\n`);
  const compiler = join(import.meta.dirname, "../../node_modules/typescript/bin/tsc");
  const options = ["--strict", "--noEmit", "--target", "es2024", "--module", "nodenext", "--types", ""];
  const command = [compiler, ...options, "--lib", "es2024,dom", "client.ts"];
  return promisify(execFile)(process.execPath, command, { cwd: folder }).then(
    () => "",
    (error: { readonly stdout: string }) => error.stdout,
  );
}

it("compiles a client with generated types", { timeout: 30_000 }, async () => {
  expect(await compile(calls.valid)).toBe("");
});

it("rejects calls that the document does not allow", { timeout: 30_000 }, async () => {
  expect(await compile(calls["without a required parameter"])).toMatch(/Property 'q' is missing/);
  expect(await compile(calls["with a parameter of another type"])).toMatch(
    /'string' is not assignable to type 'number/,
  );
});
