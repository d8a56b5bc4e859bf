import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { command } from "../support/command.ts";
import { LocalDeployment } from "../support/local-deployment.ts";
import type { Target } from "../support/target.ts";

/** Processes whose command line names the data folder: what a stopped instance must not leave behind. */
function processesOf(dataDirectory: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")];
      } catch {
        return []; // ended meanwhile
      }
    })
    .filter((line) => line.includes(dataDirectory));
}

/** This file has a deployment of its own, because it stops and kills it. */
describe.skipIf(inject("target").kind !== "local")("the life of a local deployment", () => {
  const deployment = new LocalDeployment();
  let target: Target;

  const authorization = () => `Basic ${Buffer.from(`${target.username}:${target.password}`).toString("base64")}`;
  const upload = (key: string, body: string) =>
    fetch(`${target.apiUrl}/api/upload/${key}`, { method: "PUT", body, headers: { authorization: authorization() } });
  const download = async (key: string) =>
    (await fetch(`${target.apiUrl}/api/files/${key}`, { headers: { authorization: authorization() } })).text();
  const keys = async () => {
    const response = await fetch(`${target.apiUrl}/api/list?limit=1000`, {
      headers: { authorization: authorization() },
    });
    return ((await response.json()) as { prefix_path: string }[]).map(({ prefix_path }) => prefix_path);
  };

  beforeAll(async () => {
    target = await deployment.start();
  });
  afterAll(() => deployment.remove());

  it("prints one line per stack, and nothing secret but the password that it is asked for", () => {
    for (const stack of ["state-bucket", "vpc", "postgres", "frontend", "monitoring"]) {
      expect(deployment.output).toMatch(new RegExp(`^ +${stack} +.* in [\\d.]+ s$`, "m"));
    }
  });

  it("lets only one instance have a data folder", async () => {
    const second = await command("npm", ["start", "--silent", "--", "--json"], {
      NV_DEMO_DATA: deployment.dataDirectory,
    });
    expect(second.code).toBe(1);
    expect(second.output).toContain("is in use by the instance with process id");
  });

  it("runs the transcript against the running instance", async () => {
    const tried = await command("npm", ["start", "--silent", "--", "--try"], {
      NV_DEMO_DATA: deployment.dataDirectory,
    });
    expect(tried.code, tried.output).toBe(0);
    expect(tried.output).toContain('"File uploaded"');
  });

  it("stops by Ctrl-C without leaving a process, and starts again with its data and addresses", async () => {
    const key = `kept-${randomBytes(4).toString("hex")}`;
    expect((await upload(key, "kept")).status).toBe(200);
    await expect.poll(keys, { timeout: 20_000 }).toContain(key);
    const before = target;
    await deployment.interrupt();
    expect(processesOf(deployment.dataDirectory)).toEqual([]);

    target = await deployment.start();
    expect(target.apiUrl).toBe(before.apiUrl);
    expect(target.password).toBe(before.password);
    expect(deployment.output).toContain("no changes");
    expect(await download(key)).toBe("kept");
    expect(await keys()).toContain(key);
  });

  it("recovers from kill -9 under writes without losing one that was acknowledged", async () => {
    const acknowledged: string[] = [];
    let killed = false;
    const writer = async (id: number) => {
      for (let count = 0; !killed; count += 1) {
        const key = `survivor/${id}-${count}`;
        try {
          if ((await upload(key, key)).status === 200) acknowledged.push(key);
        } catch {
          return; // cut off: not acknowledged
        }
      }
    };
    const writers = [1, 2, 3].map(writer);
    await expect.poll(() => acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(20);
    await deployment.kill();
    killed = true;
    await Promise.all(writers);

    target = await deployment.start();
    for (const key of acknowledged) expect(await download(key)).toBe(key);
    await expect.poll(keys, { timeout: 40_000, interval: 500 }).toEqual(expect.arrayContaining(acknowledged));
  });
});
