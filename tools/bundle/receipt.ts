import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Service } from "../../services/services.ts";

/** What is known of a finished bundle without opening it. */
export interface Result {
  readonly sha256: string;
  readonly size: number;
  readonly unzippedSize: number;
}

/** What a bundle was made of. */
interface Receipt {
  readonly service: Service;
  /** Of the lock file, which says which version of every dependency was there. */
  readonly lock: string;
  /** Time of change and size of each source, by its path in the repository. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly result: Result;
}

/** The result of an earlier bundling, if nothing that it was made of has changed since. */
export async function readReceipt(
  file: string,
  repository: string,
  service: Service,
  archive: string,
): Promise<Result | undefined> {
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
    return undefined; // never bundled here, or a source is gone
  }
}

export async function writeReceipt(
  file: string,
  repository: string,
  service: Service,
  sources: readonly string[],
  result: Result,
): Promise<void> {
  const inputs = await stampAll(repository, sources);
  const receipt: Receipt = { service, lock: await stamp(join(repository, "package-lock.json")), inputs, result };
  await writeFile(file, JSON.stringify(receipt));
}

async function stampAll(repository: string, paths: readonly string[]): Promise<Record<string, string>> {
  const stamps = await Promise.all(paths.map((path) => stamp(join(repository, path))));
  return Object.fromEntries(paths.map((path, index) => [path, stamps[index] ?? ""]));
}

async function stamp(path: string): Promise<string> {
  const { mtimeMs, size } = await stat(path);
  return `${mtimeMs} ${size}`;
}
