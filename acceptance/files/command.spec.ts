import { execFile } from "node:child_process";
import { createHash, randomBytes, randomUUID } from "node:crypto";
import {
  closeSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EVENTUALLY, FilesClient } from "../support/files-client.ts";
import { FilesUser } from "../support/files-user.ts";
import { ROOT } from "../support/root.ts";
import { SparseContent } from "../support/sparse-content.ts";
import { target } from "../support/target.ts";

const { apiUrl } = target;
const files = new FilesClient();
const folder = `command-${randomUUID()}`;
let directory: string;
let user: FilesUser;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "files-"));
  user = await FilesUser.create([{ role: "writer", prefix: `${folder}/` }]);
  writeFileSync(join(directory, "credentials"), `${user.name}:${user.password}\n`, { mode: 0o600 });
});
afterAll(async () => {
  for (const { prefix_path } of await files.list({ prefix: folder })) await files.delete(prefix_path);
  await user.remove();
  rmSync(directory, { recursive: true, force: true });
});

interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `npm run files` on the address of the deployment, in the temporary folder, with the credentials of a file. */
function run(...args: readonly string[]): Promise<Result> {
  const all = ["run", "--silent", "files", "--", apiUrl, ...args, "--credentials", join(directory, "credentials")];
  const env = { ...process.env, XDG_CACHE_HOME: join(directory, "cache") };
  return new Promise((resolve) => {
    execFile("npm", all, { cwd: ROOT, env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

async function succeed(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(...args);
  expect(code, stderr).toBe(0);
  return stdout;
}

const local = (...names: readonly string[]) => join(directory, ...names);

describe("npm run files", () => {
  it.each([
    ["direct", 1_000],
    ["presigned", 5_000_000],
    ["in parts", 50_000_000],
  ])("uploads %s and downloads the same bytes", async (name, size) => {
    const [source, copy] = [local(`${size}.bin`), local(`${size}.copy`)];
    const content = randomBytes(size);
    writeFileSync(source, content);
    const key = `${folder}/${name}/${size}.bin`;
    expect(await succeed("put", source, key)).toMatch(/ uploaded\n$/);
    expect(await succeed("get", key, copy)).toMatch(/ downloaded\n$/);
    const digest = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
    expect(digest(readFileSync(copy))).toBe(digest(content));
    rmSync(source);
    rmSync(copy);
  });

  it("uploads and downloads a file in many parts", async () => {
    const [source, copy] = [local("large.bin"), local("large.copy")];
    const content = new SparseContent(100_000_000, 16 * 1024 ** 2);
    const sent = createHash("sha256");
    const file = openSync(source, "w");
    for (const chunk of content.all()) {
      sent.update(chunk);
      writeSync(file, chunk);
    }
    closeSync(file);
    const key = `${folder}/large.bin`;
    await succeed("put", source, key);
    rmSync(source);
    await succeed("get", key, copy);
    const received = createHash("sha256");
    await pipeline(createReadStream(copy), received);
    rmSync(copy);
    expect(received.digest("hex")).toBe(sent.digest("hex"));
  }, 300_000);

  it("replaces nothing without --overwrite, on either side", async () => {
    writeFileSync(local("one.txt"), "one");
    const key = `${folder}/one.txt`;
    await succeed("put", local("one.txt"), key);
    expect(await run("put", local("one.txt"), key)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("--overwrite"),
    });
    expect(await run("get", key, local("one.txt"))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("--overwrite"),
    });
    writeFileSync(local("one.txt"), "two");
    await succeed("put", local("one.txt"), key, "--overwrite");
    expect(await (await files.download(key)).text()).toBe("two");
  });

  it("copies, moves, lists and removes files, and prints a URL for others", async () => {
    writeFileSync(local("plan.txt"), "plan");
    await succeed("put", local("plan.txt"), `${folder}/tree/`);
    await succeed("cp", `${folder}/tree/plan.txt`, `${folder}/tree/sub/copy.txt`);
    await succeed("mv", `${folder}/tree/plan.txt`, `${folder}/tree/moved.txt`);
    await expect.poll(() => succeed("ls", `${folder}/tree/`), EVENTUALLY).toMatch(/tree\/sub\/\n.*tree\/moved\.txt\n$/);
    const url = (await succeed("url", `${folder}/tree/moved.txt`)).trim();
    expect(await (await fetch(url)).text()).toBe("plan");
    await succeed("rm", `${folder}/tree/`, "--recursive");
    await expect.poll(() => succeed("ls", `${folder}/tree/`, "--recursive"), EVENTUALLY).toBe("");
  });

  it("synchronizes both directions, and shows before what it would do", async () => {
    mkdirSync(local("tree", "sub"), { recursive: true });
    writeFileSync(local("tree", "a.txt"), "a");
    writeFileSync(local("tree", "sub", "b.txt"), "b");
    const remote = `files:${folder}/sync/`;
    expect(await succeed("sync", local("tree"), remote, "--dry-run")).toBe(
      `would upload ${folder}/sync/a.txt\nwould upload ${folder}/sync/sub/b.txt\n`,
    );
    await succeed("sync", local("tree"), remote);
    const listed = () => succeed("sync", local("tree"), remote, "--dry-run");
    await expect.poll(listed, EVENTUALLY).toBe("Nothing to do.\n");

    await succeed("sync", remote, local("back"));
    expect(readFileSync(local("back", "sub", "b.txt"), "utf8")).toBe("b");
    expect(await succeed("sync", remote, local("back"))).toBe("Nothing to do.\n");

    writeFileSync(local("back", "extra.txt"), "extra");
    writeFileSync(local("back", "a.txt"), "changed");
    const past = new Date("2020-01-01");
    utimesSync(local("back", "a.txt"), past, past);
    await succeed("sync", remote, local("back"), "--delete");
    expect(existsSync(local("back", "extra.txt"))).toBe(false);
    expect(readFileSync(local("back", "a.txt"), "utf8")).toBe("a");
  });

  it.each([
    ["a missing file", ["get", `${folder}/nothing`], 1, "There is no file"],
    ["a file that is not granted", ["get", "other/file"], 1, "requires the role reader"],
    ["a folder", ["put", "/tmp"], 2, "is a folder: use sync"],
    ["two local folders", ["sync", "a", "b"], 2, "begin with files:"],
  ])("says what is wrong with %s", async (_, args, code, message) => {
    const result = await run(...args);
    expect(result.code, result.stderr).toBe(code);
    expect(result.stderr).toContain(message);
    expect(result.stderr).not.toMatch(/\n\s+at /);
  });
});
