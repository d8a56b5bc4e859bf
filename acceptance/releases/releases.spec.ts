import {
  LambdaClient,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { strToU8, zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { command } from "../support/command.ts";
import { target } from "../support/target.ts";

const { releasesUrls, kind, prefix, dataDirectory, awsVariables } = target;
const { dev = "", test = "", live = "" } = releasesUrls;

interface Status {
  readonly stages: readonly {
    readonly name: string;
    readonly serving: { readonly version: string; readonly canary?: { readonly version: string } };
    readonly alarm: string;
  }[];
  readonly versions: readonly { readonly number: string; readonly sha256: string }[];
}

describe.skipIf(live === "")("a stage", () => {
  it.each(Object.entries(releasesUrls))("returns the greeting: %s", async (_, url) => {
    const response = await fetch(`${url}/`);
    expect([response.status, await response.text()]).toEqual([200, "Hello, World!"]);
  });

  it.each(Object.entries(releasesUrls))("returns the commit it was built from: %s", async (_, url) => {
    const response = await fetch(`${url}/build-info`);
    expect(response.headers.get("cache-control")).toBe("no-store");
    const info = (await response.json()) as Record<string, unknown>;
    expect(Object.keys(info)).toEqual(["type", "short", "long", "time", "modified"]);
    expect(info).toMatchObject({
      type: "git",
      long: expect.stringMatching(/^[0-9a-f]{40}$/),
      short: String(info.long).slice(0, 7),
      time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/),
      modified: expect.any(Boolean),
    });
    const known = await command("git", ["log", "-1", "--format=%ct", String(info.long)]);
    expect(Number(known.stdout) * 1000).toBe(Date.parse(String(info.time)));
  });

  it("returns 404 for other paths", async () => {
    const response = await fetch(`${live}/nothing`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: "RouteNotFound", instance: "/nothing" });
  });
});

/** Publishes versions without Terraform, because a deployment for each would take a minute. */
describe.skipIf(live === "" || kind !== "local")("npm run system -- release", () => {
  const FunctionName = `${prefix}-build-info`;
  let lambda: LambdaClient;

  beforeAll(() => {
    const { AWS_ENDPOINT_URL: endpoint = "", AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "" } = awsVariables;
    const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
    lambda = new LambdaClient({ endpoint, region: "us-east-1", credentials });
  });
  afterAll(() => lambda.destroy());

  const run = (...args: string[]) =>
    command("npm", ["run", "--silent", "system", "--", "release", ...args], { NV_DEMO_DATA: dataDirectory });
  const succeed = async (...args: string[]): Promise<string> => {
    const { code, output, stdout } = await run(...args);
    expect(code, output).toBe(0);
    return stdout;
  };
  const fail = async (...args: string[]): Promise<string> => {
    const { code, output } = await run(...args);
    expect(code, output).toBe(1);
    return output;
  };
  const status = async (): Promise<Status> => JSON.parse(await succeed("status", "--json")) as Status;
  const serving = async (name: string) => (await status()).stages.find((stage) => stage.name === name)?.serving;
  const servedVersion = async (url: string) => (await fetch(`${url}/`)).headers.get("x-function-version");

  /** Publishes a version with the same code and another description. */
  async function publishGood(Description: string): Promise<string> {
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Description }));
    return (await lambda.send(new PublishVersionCommand({ FunctionName }))).Version ?? "";
  }

  async function publishBroken(): Promise<string> {
    const program = 'export const handler = async () => { throw new Error("broken on purpose"); };';
    const ZipFile = zipSync({ "index.mjs": strToU8(program) });
    return (await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile, Publish: true }))).Version ?? "";
  }

  it("starts with one version in all stages", async () => {
    const { stages, versions } = await status();
    expect(stages.map(({ name, serving: { version } }) => [name, version])).toEqual([
      ["dev", "1"],
      ["test", "1"],
      ["live", "1"],
    ]);
    const [{ sha256 } = { sha256: "none" }] = versions;
    expect(await succeed("status")).toContain(sha256);
  });

  it("promotes a version from stage to stage with the same artifact, and records it in the history", async () => {
    const version = await publishGood("second");
    expect(await succeed("promote", "test", version)).toContain("1 → 2");
    expect([await servedVersion(test), await servedVersion(live)]).toEqual(["2", "1"]);
    expect(await succeed("promote", "live")).toContain("promote   live  1 → 2");
    expect(await servedVersion(live)).toBe("2");
    const { versions } = await status();
    expect(new Set(versions.map(({ sha256 }) => sha256)).size).toBe(1);
    expect(await succeed("history", "live")).toMatch(/^\S+ {2}promote {3}live {2}1 → 2 {2}by arn:aws:iam::/);
  });

  it("rejects invalid releases", async () => {
    expect(await fail("promote", "live", "99")).toContain("no published version 99");
    expect(await fail("promote", "live", "$LATEST")).toContain("no published version $LATEST");
    expect(await fail("promote", "live")).toContain("already");
    expect(await fail("promote", "dev", "1")).toContain("follows the newest version");
    expect(await fail("canary", "live", "1", "--weight", "100")).toContain("more than 0 and less than 100");
    expect(await fail("rollback", "nowhere")).toContain('no stage "nowhere"');
    expect((await run("canary", "live")).code).toBe(2);
    expect((await run("launch")).code).toBe(2);
  });

  it("splits requests between two versions by weight, within 2 percent over 10,000 requests", async () => {
    expect(await succeed("canary", "live", "1", "--weight", "20")).toContain("2 → 2 (80 %), 1 (20 %)");
    const counts = new Map<string | null, number>();
    const sendRequests = async () => {
      for (let call = 0; call < 1_000; call += 1) {
        const version = await servedVersion(live);
        counts.set(version, (counts.get(version) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: 10 }, sendRequests));
    expect([...counts.keys()].toSorted()).toEqual(["1", "2"]);
    expect(Math.abs((counts.get("1") ?? 0) / 10_000 - 0.2)).toBeLessThan(0.02);
    expect(await succeed("rollback", "live")).toContain("2 (80 %), 1 (20 %) → 2");
  }, 120_000);

  it("rolls back a failing canary automatically when the alarm fires", async () => {
    const broken = await publishBroken();
    await succeed("canary", "live", broken, "--weight", "50");
    await expect
      .poll(
        async () => {
          await Promise.all(Array.from({ length: 5 }, () => fetch(`${live}/`)));
          return serving("live");
        },
        { timeout: 30_000, interval: 100 },
      )
      .toEqual({ version: "2" });
    expect(await servedVersion(live)).toBe("2");
    await expect
      .poll(() => succeed("history", "live"))
      .toMatch(
        new RegExp(`rollback {2}live {2}2 \\(50 %\\), ${broken} \\(50 %\\) → 2 {2}by ${prefix}-releases-live-errors`),
      );
    expect(await fail("canary", "live", broken, "--weight", "1")).toContain("is in ALARM state. Wait");
  });

  it("rolls back one version at a time or to a given version", async () => {
    const third = await publishGood("third");
    await succeed("promote", "test", third);
    expect(await succeed("rollback", "test")).toContain(`${third} → 2`);
    expect(await succeed("rollback", "test")).toContain("2 → 1");
    expect(await fail("rollback", "test")).toContain("No earlier version");
    expect(await succeed("rollback", "test", "2")).toContain("1 → 2");
  });

  it("is not reverted by Terraform, which updates only the stage that follows the newest version", async () => {
    const chdir = `-chdir=${dataDirectory}/cdktf.out/stacks/releases`;
    const terraform = (...args: string[]) =>
      command("npm", ["run", "--silent", "local", "--", "terraform", chdir, ...args], { NV_DEMO_DATA: dataDirectory });
    const applied = await terraform("apply", "-auto-approve", "-input=false", "-no-color");
    expect(applied.code, applied.output).toBe(0);
    const { stages, versions } = await status();
    const served = Object.fromEntries(stages.map(({ name, serving: { version } }) => [name, version]));
    expect(served).toEqual({ dev: versions.at(-1)?.number, test: "2", live: "2" });
    expect((await terraform("plan", "-detailed-exitcode", "-input=false", "-no-color")).code).toBe(0);
  });

  it("prunes versions that no stage serves or would roll back to", async () => {
    await succeed("prune", "--keep", "1");
    const { stages, versions } = await status();
    const remaining = versions.map(({ number }) => number);
    for (const {
      serving: { version },
    } of stages)
      expect(remaining).toContain(version);
    expect(remaining).toEqual(["1", "2", versions.at(-1)?.number]);
    expect(await succeed("prune", "--keep", "1")).toContain("nothing to delete");
    expect(await servedVersion(dev)).toBe(remaining.at(-1));
    expect(await succeed("rollback", "live")).toContain("2 → 1");
  });
});
