import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { command } from "../support/command.ts";
import { basic } from "../support/files-client.ts";
import { LocalDeployment } from "../support/local-deployment.ts";
import { processesWith } from "../support/processes.ts";
import { type Target, target } from "../support/target.ts";

/** The tests use a separate deployment, because they stop and kill it. */
describe.skipIf(target.kind !== "local")("a local deployment", () => {
  const deployment = new LocalDeployment();
  let deployed: Target;

  const authorization = () => basic(deployed.username, deployed.password);
  const upload = (key: string, body: string) =>
    fetch(`${deployed.apiUrl}/api/upload/${key}`, { method: "PUT", body, headers: { authorization: authorization() } });
  const download = async (key: string) =>
    (await fetch(`${deployed.apiUrl}/api/files/${key}`, { headers: { authorization: authorization() } })).text();
  const keys = async () => {
    const response = await fetch(`${deployed.apiUrl}/api/list?limit=1000`, {
      headers: { authorization: authorization() },
    });
    return ((await response.json()) as { prefix_path: string }[]).map(({ prefix_path }) => prefix_path);
  };

  beforeAll(async () => {
    deployed = await deployment.start();
  });
  afterAll(() => deployment.remove());

  it("prints one line per stack", () => {
    for (const stack of ["state-bucket", "vpc", "postgres", "frontend", "monitoring"]) {
      expect(deployment.output).toMatch(new RegExp(`^ +${stack} +.* in [\\d.]+ s$`, "m"));
    }
  });

  it("rejects a second instance with the same data folder", async () => {
    const second = await command("npm", ["start", "--silent", "--", "--json"], {
      NV_DEMO_DATA: deployment.dataDirectory,
    });
    expect(second.code).toBe(1);
    expect(second.stdout).toBe("");
    expect(second.output).toContain("A local deployment is already running");
    expect(second.output).toContain(deployed.apiUrl);
    expect(second.output).toMatch(/Process ID +\d+/);
  });

  it("runs the commands of the README against the running instance", async () => {
    const transcript = await command("npm", ["start", "--silent", "--", "--try"], {
      NV_DEMO_DATA: deployment.dataDirectory,
    });
    expect(transcript.code, transcript.output).toBe(0);
    expect(transcript.output).toContain('"File uploaded"');
  });

  it("stops on Ctrl-C without leaving a process, and starts again with its data and URLs", async () => {
    const key = `persistent-${randomBytes(4).toString("hex")}`;
    expect((await upload(key, "persistent")).status).toBe(200);
    await expect.poll(keys, { timeout: 20_000 }).toContain(key);
    const before = deployed;
    await deployment.interrupt();
    expect(processesWith(deployment.dataDirectory)).toEqual([]);

    deployed = await deployment.start();
    expect(deployed.apiUrl).toBe(before.apiUrl);
    expect(deployed.password).toBe(before.password);
    expect(deployment.output).toContain("no changes");
    expect(await download(key)).toBe("persistent");
    expect(await keys()).toContain(key);
  });

  it("loses no acknowledged write when it is killed with SIGKILL", async () => {
    const acknowledged: string[] = [];
    let killed = false;
    const writer = async (id: number) => {
      for (let count = 0; !killed; count += 1) {
        const key = `survivor/${id}-${count}`;
        try {
          if ((await upload(key, key)).status === 200) acknowledged.push(key);
        } catch {
          return; // The connection was closed, so the write is not acknowledged.
        }
      }
    };
    const writers = [1, 2, 3].map(writer);
    await expect.poll(() => acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(20);
    await deployment.kill();
    killed = true;
    await Promise.all(writers);

    deployed = await deployment.start();
    for (const key of acknowledged) expect(await download(key)).toBe(key);
    await expect.poll(keys, { timeout: 40_000, interval: 500 }).toEqual(expect.arrayContaining(acknowledged));
  });
});
