import { randomBytes } from "node:crypto";
import { afterAll, expect } from "vitest";
import type { FilesClient } from "./files-client.ts";

export interface FilesFolder {
  /** Without a slash at the end. */
  readonly folder: string;
  /** Stores a file in the folder, and returns its key. */
  put(name: string, body: string | Uint8Array<ArrayBuffer>, contentType?: string): Promise<string>;
  /** Has a key deleted that a test stores by itself, and returns it. */
  owned(key: string): string;
}

/** A folder for one spec file, whose files are deleted after the tests. */
export function useFilesFolder(files: FilesClient, prefix: string): FilesFolder {
  const folder = `${prefix}-${randomBytes(4).toString("hex")}`;
  const keys = new Set<string>();
  afterAll(async () => {
    for (const key of keys) await files.delete(key);
  });
  const owned = (key: string): string => {
    keys.add(key);
    return key;
  };
  const put: FilesFolder["put"] = async (name, body, contentType) => {
    const key = owned(`${folder}/${name}`);
    const response = await files.upload(key, body, contentType);
    expect(response.status, await response.clone().text()).toBe(200);
    expect(await response.json()).toBe("File uploaded");
    return key;
  };
  return { folder, put, owned };
}
