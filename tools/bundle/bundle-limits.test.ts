import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ServiceName } from "../../services/services.ts";
import { bundleLimits } from "./bundle-limits.ts";
import { type Bundle, bundleServices } from "./bundle-services.ts";

let folder: string;
let bundles: Record<ServiceName, Bundle>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "bundle-limits-"));
  bundles = await bundleServices(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each([...bundleLimits])("%s", (name, { bytes }) => {
  it(`has at most ${bytes} bytes`, () => {
    expect(bundles[name].unzippedSize).toBeLessThanOrEqual(bytes);
  });

  it("contains no client of the AWS SDK", async () => {
    const receipt = JSON.parse(await readFile(join(folder, `${name}.receipt.json`), "utf8"));
    expect(Object.keys(receipt.inputs).filter((input) => input.includes("node_modules/@aws-sdk/client-"))).toEqual([]);
  });

  it("does not import node:http, which takes 20 ms", async () => {
    const [program] = Object.values(unzipSync(await readFile(bundles[name].path)));
    expect(Buffer.from(program ?? []).toString()).not.toMatch(/from\s*"(node:)?http"/);
  });
});
