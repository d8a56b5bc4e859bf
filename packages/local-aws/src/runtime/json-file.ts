import { readFileSync } from "node:fs";
import { DamagedFileError } from "./local-aws-error.ts";

/**
 * Reads a JSON file of the data folder.
 *
 * @throws DamagedFileError when it is not JSON.
 */
export function readJsonFile(path: string): unknown {
  const text = readFileSync(path, "utf8");
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DamagedFileError(path, cause);
  }
}
