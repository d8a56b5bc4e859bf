import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AccessKey } from "./aws/iam/access-control.ts";
import { ACCESS_KEY_FILE } from "./data-folder.ts";
import { readJsonFile } from "./runtime/json-file.ts";

/** The developer's access key, created at the first start and kept in the data folder, readable by its owner only. */
export function readAccessKey(directory: string): AccessKey {
  const path = join(directory, ACCESS_KEY_FILE);
  try {
    return readJsonFile(path) as AccessKey;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const key: AccessKey = {
    accessKeyId: `AKIA${randomBytes(8).toString("hex").toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString("base64url"),
  };
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  writeFileSync(path, JSON.stringify(key), { mode: 0o600, flag: "wx" });
  return key;
}
