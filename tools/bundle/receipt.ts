import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Service } from "../../services/services.ts";

const ENDING = ".receipt.json";

/** The file with the receipt of a service. */
export function receiptFile(folder: string, service: string): string {
  return join(folder, `${service}${ENDING}`);
}

/** The properties of a bundle. */
export interface BundleResult {
  readonly sha256: string;
  readonly size: number;
  readonly unzippedSize: number;
}

/** What a bundle was built from, and the result. */
interface Receipt {
  readonly service: Service;
  /** The stamp of the lock file, which has the version of every dependency. */
  readonly lock: string;
  /** Path of each source in the repository → its stamp: modification time and size. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly result: BundleResult;
}

/** The result of an earlier build, unless its sources have changed; undefined otherwise. */
export async function readReceipt(
  file: string,
  repository: string,
  service: Service,
  archive: string,
): Promise<BundleResult | undefined> {
  try {
    const receipt = JSON.parse(await readFile(file, "utf8")) as Receipt;
    const { size } = await stat(archive);
    const inputs = await stampAll(repository, Object.keys(receipt.inputs));
    const same =
      size === receipt.result.size &&
      JSON.stringify(receipt.service) === JSON.stringify(service) &&
      receipt.lock === (await stamp(join(repository, "package-lock.json"))) &&
      JSON.stringify(receipt.inputs) === JSON.stringify(inputs);
    return same ? receipt.result : undefined;
  } catch {
    return undefined; // It was never built in this folder, or a source does not exist any more.
  }
}

/** A file's modification time may be this much earlier than the clock: that of the kernel advances in steps. */
const CLOCK_STEP_MS = 20;

/**
 * @param startedAt when the build started: the time of `Date.now()`. A source that was saved since may be in the bundle
 *   as it was before, so the bundle is built again the next time.
 */
export async function writeReceipt(
  file: string,
  repository: string,
  service: Service,
  sources: readonly string[],
  startedAt: number,
  result: BundleResult,
): Promise<void> {
  const stamps = Object.entries(await stampAll(repository, sources));
  const inputs = Object.fromEntries(
    stamps.map(([path, value]) => [path, Number.parseFloat(value) < startedAt - CLOCK_STEP_MS ? value : "saved since"]),
  );
  const receipt: Receipt = { service, lock: await stamp(join(repository, "package-lock.json")), inputs, result };
  await writeFile(file, JSON.stringify(receipt));
}

/** Service → SHA-256 of its bundle, of the bundles in a folder. */
export async function readBundleHashes(folder: string): Promise<ReadonlyMap<string, string>> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(ENDING));
  const hashes = files.map(async (file) => {
    const { result } = JSON.parse(await readFile(join(folder, file), "utf8")) as Receipt;
    return [file.slice(0, -ENDING.length), result.sha256] as const;
  });
  return new Map(await Promise.all(hashes));
}

async function stampAll(repository: string, paths: readonly string[]): Promise<Record<string, string>> {
  const stamps = await Promise.all(paths.map((path) => stamp(join(repository, path))));
  return Object.fromEntries(paths.map((path, index) => [path, stamps[index] ?? ""]));
}

async function stamp(path: string): Promise<string> {
  const { mtimeMs, size } = await stat(path);
  return `${mtimeMs} ${size}`;
}
