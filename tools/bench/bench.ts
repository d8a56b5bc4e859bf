import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../paths/root.ts";
import { benchList } from "./bench-list.ts";
import { benchLoad } from "./bench-load.ts";
import { benchSignIn } from "./bench-sign-in.ts";
import { benchTrace } from "./bench-trace.ts";
import { measure, median } from "./measure.ts";
import type { Subject } from "./subjects.ts";

const RUNS = 5;

/** Prints one measurement. */
type Report = (name: string, seconds: number) => void;

/**
 * Measures one subject, or all of them.
 *
 * @param options for `list`
 * @returns the exit code: 1 when a goal is not met.
 */
export async function bench(
  subject: string | undefined,
  { millions, write }: { readonly millions?: string | undefined; readonly write?: boolean | undefined } = {},
): Promise<number> {
  const includes = (name: Subject): boolean => subject === undefined || subject === name;
  if (includes("startup")) await benchStartup();
  const isLoadMet = !includes("load") || (await benchLoad());
  const isSignInMet = !includes("sign-in") || (await benchSignIn());
  const isTraceMet = !includes("trace") || (await benchTrace());
  const isListMet = !includes("list") || (await benchList(millions, write));
  return isLoadMet && isSignInMet && isTraceMet && isListMet ? 0 : 1;
}

/**
 * Measures the synthesis and the start. Times depend on the machine, so each is printed
 * with its ratio to the start of an empty Node.js process, which is measured in the same run.
 */
async function benchStartup(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "nv-demo-bench-"));
  try {
    const empty = await median(RUNS, () => node("-e", "0"));
    console.log(`An empty Node.js process takes ${milliseconds(empty)}; the other times are also multiples of it.\n`);
    const report: Report = (name, seconds) => {
      const multiple = (seconds / empty).toFixed(1).padStart(6);
      console.log(`${name.padEnd(34)} ${milliseconds(seconds).padStart(9)}  ${multiple} ×`);
    };
    await benchSynthesis(folder, report);
    await benchStart(folder, report);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchSynthesis(folder: string, report: Report): Promise<void> {
  const variables = { NV_DEMO_ENVIRONMENT: "local", CDKTF_OUTDIR: join(folder, "synth") };
  const args = ["--max-semi-space-size=1", join(ROOT, "main.ts")];
  const synthesize = () => measure({ program: process.execPath, args, variables });
  report("synthesis, services to bundle", await synthesize());
  report("synthesis, services unchanged", await median(RUNS, synthesize));
}

async function benchStart(folder: string, report: Report): Promise<void> {
  const start = () =>
    measure({
      program: "npm",
      args: ["start", "--silent", "--", "--json"],
      variables: { NV_DEMO_DATA: join(folder, "data") },
      until: (line) => line.startsWith("{"),
    });
  report("first start", await start());
  report("second start", await start());
}

function node(...args: readonly string[]): Promise<number> {
  return measure({ program: process.execPath, args });
}

function milliseconds(seconds: number): string {
  return `${(seconds * 1_000).toFixed(0)} ms`;
}
