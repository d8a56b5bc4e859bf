import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type CredentialSources, readAuthorization } from "./authorization.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "files-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

function write(content: string, mode = 0o600): string {
  const path = join(folder, "credentials");
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

const read = (over: Partial<CredentialSources> = {}) =>
  readAuthorization({
    file: undefined,
    variables: {},
    defaultFile: join(folder, "default"),
    bootstrapUser: undefined,
    ...over,
  });

it("reads an access key, or a user with a password that contains colons, from a file", async () => {
  expect(await read({ file: write("nvk_abc\n") })).toBe("Bearer nvk_abc");
  expect(await read({ file: write("ann:my:secret:kéy\n") })).toBe(basic("ann:my:secret:kéy"));
});

it.each([0o644, 0o640, 0o604])("refuses a file with the mode %o, with the command that mends it", async (mode) => {
  await expect(read({ file: write("nvk_abc", mode) })).rejects.toThrow(/chmod 600/);
});

it("prefers the file, then the key, then the user, then the default file, then the bootstrap user", async () => {
  const bootstrapUser = async () => ({ username: "root", password: "r" });
  const user = { FILES_USER: "ann", FILES_PASSWORD: "a" };
  const variables = { FILES_KEY: "nvk_key", ...user };
  expect(await read({ file: write("nvk_file"), variables, bootstrapUser })).toBe("Bearer nvk_file");
  expect(await read({ variables, bootstrapUser })).toBe("Bearer nvk_key");
  expect(await read({ variables: user, bootstrapUser })).toBe(basic("ann:a"));
  expect(await read({ defaultFile: write("nvk_default"), bootstrapUser })).toBe("Bearer nvk_default");
  expect(await read({ bootstrapUser })).toBe(basic("root:r"));
});

it.each([
  ["nothing", {}, /set FILES_KEY, or FILES_USER and FILES_PASSWORD, or write them to/],
  ["a missing file", { file: "/does/not/exist" }, /There is no file \/does\/not\/exist\./],
])("says what is missing with %s", async (_, over, message) => {
  await expect(read(over)).rejects.toThrow(message);
});

it("refuses an empty file", async () => {
  await expect(read({ file: write("\n") })).rejects.toThrow(/is empty/);
});
