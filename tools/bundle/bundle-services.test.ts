import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BuildInfo } from "../../services/build-info/build-info.ts";
import { type ServiceName, services } from "../../services/services.ts";
import { type Bundle, bundleServices } from "./bundle-services.ts";
import { serviceEnvironment } from "./testing/service-environment.ts";

const names = Object.keys(services) as ServiceName[];
let folder: string;
let bundles: Record<ServiceName, Bundle>;
const build: BuildInfo = {
  type: "git",
  short: "0123456",
  long: "0123456789abcdef0123456789abcdef01234567",
  time: "2026-11-21T10:00:00Z",
  modified: false,
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bundle-"));
  bundles = await bundleServices(join(folder, "one"), { build });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it("builds the same bytes again", async () => {
  const again = await bundleServices(join(folder, "two"), { build });
  for (const name of names) {
    expect(await readFile(again[name].path)).toEqual(await readFile(bundles[name].path));
    expect(again[name].sha256).toBe(bundles[name].sha256);
  }
});

it("rebuilds for another commit only the services whose bundle contains it", async () => {
  const next = await bundleServices(join(folder, "one"), { build: { ...build, modified: true } });
  const changed = names.filter((name) => next[name].sha256 !== bundles[name].sha256);
  expect(changed).toEqual(["build-info"]);
  const same = await bundleServices(join(folder, "one"), { build });
  expect(same["build-info"].sha256).toBe(bundles["build-info"].sha256);
});

it("lists browser code among the inputs, so that a change of it changes the bundle", async () => {
  const receipt = JSON.parse(await readFile(join(folder, "one", "adder.receipt.json"), "utf8"));
  expect(Object.keys(receipt.inputs)).toEqual(
    expect.arrayContaining(["services/adder/browser/add-number.ts", "lib/sum/browser/styles/theme.css"]),
  );
});

describe.each(names)("%s", (name) => {
  it("is a zip of one file, with the returned hash and size", async () => {
    const archive = await readFile(bundles[name].path);
    expect(Object.keys(unzipSync(archive))).toEqual([services[name].file]);
    expect(archive.byteLength).toBe(bundles[name].size);
    expect(createHash("sha256").update(archive).digest("base64")).toBe(bundles[name].sha256);
  });
});

describe.each(names.filter(isFunction))("%s", (name) => {
  it("loads without dependencies, like in Lambda, and exports a handler", async () => {
    const path = await unzip(bundles[name]);
    const script = `import(${JSON.stringify(path)}).then(({ handler }) => console.log(typeof handler))`;
    const { stdout, stderr } = spawnSync(process.execPath, ["-e", script], {
      cwd: dirname(path),
      env: serviceEnvironment,
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    expect(stdout.trim()).toBe("function");
  });
});

describe.each(names.filter((name) => !isFunction(name)))("%s", (name) => {
  it("runs without dependencies until SIGTERM", async () => {
    const path = await unzip(bundles[name]);
    const child = spawn(process.execPath, [path], { cwd: dirname(path), env: serviceEnvironment });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
    const ended = new Promise((resolve) => child.once("exit", resolve));
    await expect.poll(() => output, { timeout: 10_000 }).toContain("Listening");
    child.kill("SIGTERM");
    expect(await ended, output).toBe(0);
  });
});

/** Whether Lambda or Synthetics calls it; the others are programs that run until SIGTERM. */
function isFunction(name: ServiceName): boolean {
  return "handler" in services[name];
}

async function unzip(bundle: Bundle): Promise<string> {
  const [[file, program] = []] = Object.entries(unzipSync(await readFile(bundle.path)));
  if (!file || !program) throw new Error("The zip is empty.");
  const path = join(await mkdtemp(join(folder, "unzipped-")), file.split("/").at(-1) ?? "");
  await writeFile(path, program);
  return path;
}
