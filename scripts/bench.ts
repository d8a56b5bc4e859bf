import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { unzipSync } from "fflate";
import { measure, median } from "../tools/bench/measure.ts";
import { bundleServices } from "../tools/bundle/bundle-services.ts";
import { ROOT } from "../tools/synth/settings.ts";

/**
 * `npm run bench`: the first figures of the project. Times of one machine mean little, so each comes with its ratio to a yardstick that is measured in the
 * same run: the start of an empty Node process.
 */
const RUNS = 5;
const folder = mkdtempSync(join(tmpdir(), "nv-demo-bench-"));
const node =
  (...args: string[]) =>
  () =>
    measure({ program: process.execPath, args });

try {
  const yardstick = await median(RUNS, node("-e", "0"));
  console.log(
    `yardstick: an empty Node process takes ${milliseconds(yardstick)}; × is how many of these a thing takes\n`,
  );
  const report = (name: string, seconds: number, remark = "") =>
    console.log(
      `${name.padEnd(34)} ${milliseconds(seconds).padStart(9)}  ${(seconds / yardstick).toFixed(1).padStart(6)} ×  ${remark}`,
    );

  const variables = { NV_DEMO_ENVIRONMENT: "local", CDKTF_OUTDIR: join(folder, "synth") };
  const synthesize = () =>
    measure({ program: process.execPath, args: ["--max-semi-space-size=1", join(ROOT, "main.ts")], variables });
  report("synthesis, services to bundle", await synthesize());
  report("synthesis, services unchanged", await median(RUNS, synthesize));

  const start = (data: string) =>
    measure({
      program: "npm",
      args: ["start", "--silent", "--", "--json"],
      variables: { NV_DEMO_DATA: join(folder, data) },
      until: (line) => line.startsWith("{"),
    });
  report("first start", await start("data"));
  report("second start", await start("data"));

  for (const [name, { path, size, unzippedSize }] of Object.entries(await bundleServices(join(folder, "bundles")))) {
    const program = join(folder, name.endsWith("canary") ? `${name}.cjs` : `${name}.mjs`);
    writeFileSync(program, Object.values(unzipSync(readFileSync(path)))[0] ?? "");
    // loaded, not called: the environment that its settings want is not there, and what a cold start costs is known before that
    const load = node(
      "--input-type=module",
      "-e",
      `await import(${JSON.stringify(pathToFileURL(program).href)}).catch(() => {})`,
    );
    report(`load ${name}`, await median(RUNS, load), `${kilobytes(size)} zip, ${kilobytes(unzippedSize)} program`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function milliseconds(seconds: number): string {
  return `${(seconds * 1000).toFixed(0)} ms`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`;
}
