import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudWatchLogsClient, PutRetentionPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetAliasCommand, LambdaClient, UpdateAliasCommand } from "@aws-sdk/client-lambda";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, describe, expect, it } from "vitest";
import { clientSettings } from "../support/client-settings.ts";
import { command } from "../support/command.ts";
import { target } from "../support/target.ts";

/**
 * The change that the tests plan: a custom domain. `route53` creates the zone and the certificate, and `frontend` reads
 * them.
 */
const CHANGED = { NV_DEMO_DOMAIN: "files.example.org" };
const STACKS = ["route53", "frontend"];

/** Days that the logs of functions are kept in a local deployment. */
const RETENTION = 7;

/** Each command synthesizes, initializes and plans, so several of them take long on a small machine. */
const SEVERAL_COMMANDS = { timeout: 240_000 };

/** Runs `npm run <name> -- local …` on the deployment of the tests. */
function npm(name: string, args: readonly string[], variables: NodeJS.ProcessEnv = {}) {
  const data = { NV_DEMO_DATA: target.dataDirectory, NV_DEMO_ENVIRONMENT: "" };
  return command("npm", ["run", "--silent", name, "--", "local", ...args], { ...data, ...variables });
}

/** The lines of a command's output, as JSON. */
const lines = (stdout: string) =>
  stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
/** The last line. */
const result = (stdout: string) => lines(stdout.trim().split("\n").at(-1) ?? "")[0];

describe.skipIf(target.kind !== "local")("planning and applying a change", SEVERAL_COMMANDS, () => {
  const folder = mkdtempSync(join(tmpdir(), "nv-demo-plans-"));
  const comment = join(folder, "comment.md");
  const plan = (...args: readonly string[]) => npm("plan", [...STACKS, "--out", folder, ...args], CHANGED);
  const apply = (...args: readonly string[]) => npm("apply", ["--plans", folder, ...args], CHANGED);
  /** Alters a file while `work` runs. */
  const withAltered = async (file: string, alter: (path: string) => void, work: () => Promise<void>) => {
    const path = join(folder, file);
    const before = readFileSync(path);
    alter(path);
    try {
      await work();
    } finally {
      writeFileSync(path, before);
    }
  };

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    // In reverse order, because the last stack reads the certificate of the first one.
    for (const stack of STACKS.toReversed()) {
      const restored = await npm("deploy", [stack]);
      expect(restored.code, restored.output).toBe(0);
    }
  });

  let approved = "";

  it("plans what can be planned and reports which stacks wait for it", async () => {
    const planned = await plan("--markdown", comment, "--json");
    expect(planned.code, planned.output).toBe(2);
    const { sha256, plans, waiting } = result(planned.stdout);
    approved = sha256;
    expect(plans).toMatchObject({ route53: { counts: { add: 4, change: 0, replace: 0, destroy: 0 } } });
    expect(waiting).toEqual({ frontend: ["route53"] });
    const printed = lines(planned.stdout).find(({ type, stack }) => type === "changes" && stack === "route53");
    expect(printed.resources).toContainEqual(
      expect.objectContaining({
        address: "aws_route53_zone.Zone",
        action: "create",
        attributes: expect.arrayContaining([{ path: "name", after: CHANGED.NV_DEMO_DOMAIN }]),
      }),
    );
    expect(planned.output).not.toContain(target.password);
    const text = readFileSync(comment, "utf8");
    expect(text).toContain("### Plan for `local`: 4 to add, and 1 stack in the next round");
    expect(text).toMatch(/^\+ +resource "aws_route53_zone"/m);
    expect(text).not.toContain(target.password);
  });

  it("prints the changes of each stack and the totals last, without color in a pipe", async () => {
    const planned = await npm("plan", STACKS, CHANGED);
    expect(planned.code, planned.output).toBe(2);
    expect(planned.stdout).toContain("\nroute53\n\n");
    expect(planned.stdout).toMatch(
      /^ {2}# aws_route53_zone\.\w+ will be created\n {2}\+ resource "aws_route53_zone" "\w+" \{\n {6}\+ arn +=/m,
    );
    expect(planned.stdout).toMatch(/^ {6}\+ name_servers += \(known after apply\)$/m);
    expect(planned.stdout).toMatch(
      /\nPlan: 4 to add in 1 stack\.\nfrontend is planned in the next round, after route53\.\n$/,
    );
    expect(planned.output).not.toContain("\u001b");
    expect(planned.output).not.toContain(target.password);
  });

  it("rejects plans that were changed after approval or belong to another commit", async () => {
    await withAltered(
      "route53.tfplan",
      (path) => appendFileSync(path, "!"),
      async () => {
        const { code, output } = await apply("--sha256", approved);
        expect(code).toBe(1);
        expect(output).toContain("route53.tfplan is not the file that was planned.");
      },
    );
    const otherCommit = (path: string) =>
      writeFileSync(path, readFileSync(path, "utf8").replace(/"commit": "\w+"/, `"commit": "${"0".repeat(39)}1"`));
    await withAltered("plan.json", otherCommit, async () => {
      expect((await apply("--sha256", approved)).output).toContain("plan.json was changed");
      const { code, output } = await apply();
      expect(code).toBe(1);
      expect(output).toMatch(/It was made from commit 0+1; [0-9a-f]{40} is checked out/);
    });
    const withoutDomain = await npm("apply", ["--plans", folder, "--sha256", approved]);
    expect(withoutDomain.code).toBe(1);
    expect(withoutDomain.output).toContain("The configuration of route53 differs from the one that was planned.");
    const resources = (await npm("state", ["list", "route53"])).stdout;
    expect(resources.trim()).toBe("");
  });

  it("applies exactly the approved plans, and rejects them after the state has changed", async () => {
    const applied = await apply("--sha256", approved, "--json");
    expect(applied.code, applied.output).toBe(0);
    expect(result(applied.stdout)).toMatchObject({ succeeded: true, again: true, waiting: { frontend: ["route53"] } });
    const again = await apply("--sha256", approved);
    expect(again.code).toBe(1);
    expect(again.output).toMatch(/The state of route53 has changed: its serial is \d+; the plan is based on \d+/);
  });

  it("plans and applies the waiting stacks in the next round, and then finds no changes", async () => {
    const planned = await plan("--json");
    expect(planned.code, planned.output).toBe(2);
    expect(result(planned.stdout)).toMatchObject({ unchanged: ["route53"], waiting: {} });
    const applied = await apply("--sha256", result(planned.stdout).sha256, "--json");
    expect(applied.code, applied.output).toBe(0);
    expect(result(applied.stdout)).toMatchObject({ succeeded: true, again: false });
    const unchanged = await plan();
    expect(unchanged.code, unchanged.output).toBe(0);
    expect(unchanged.stdout).toContain("No changes.");
    const url = await npm("output", ["frontend", "api_url"], CHANGED);
    expect(url.stdout.trim()).toContain(CHANGED.NV_DEMO_DOMAIN);
  });

  it("lists the versions of a state and restores an old one as the newest", async () => {
    const versions = async () => result((await npm("state", ["versions", "route53", "--json"])).stdout).versions;
    const [newest, older] = await versions();
    expect(newest).toMatchObject({ isCurrent: true, resources: 4 });
    expect(older).toMatchObject({ isCurrent: false, resources: 0, serial: newest.serial - 1 });

    const restored = await npm("state", ["restore", "route53", older.id]);
    expect(restored.code, restored.output).toBe(0);
    expect((await npm("state", ["list", "route53"])).stdout.trim()).toBe("");
    const [current] = await versions();
    expect(current).toMatchObject({ isCurrent: true, resources: 0 });
    expect(current.serial).toBeGreaterThan(newest.serial);

    const back = await npm("state", ["restore", "route53", newest.id]);
    expect(back.code, back.output).toBe(0);
    const unchanged = await plan();
    expect(unchanged.code, unchanged.output).toBe(0);
  });
});

describe.skipIf(target.kind !== "local")("operating an environment", SEVERAL_COMMANDS, () => {
  it("reports drift until the stack is applied again", async () => {
    const logs = new CloudWatchLogsClient(clientSettings(target.awsVariables));
    const logGroupName = `/aws/lambda/${target.prefix}-shout`;
    await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 30 }));
    logs.destroy();

    const drift = await npm("drift", ["shout", "--json"]);
    expect(drift.code, drift.output).toBe(2);
    const { shout } = result(drift.stdout).stacks;
    expect(shout).toMatchObject({
      status: "drifted",
      drifted: [
        {
          address: expect.stringContaining("log_group"),
          how: "changed",
          attributes: ["retention_in_days"],
          changes: [{ path: "retention_in_days", before: RETENTION, after: 30 }],
        },
      ],
    });
    const shown = await npm("drift", ["shout"]);
    expect(shown.stdout).toMatch(/^ {2}# aws_cloudwatch_log_group\.\w+ was changed outside of Terraform$/m);
    expect(shown.stdout).toContain(`~ retention_in_days = ${RETENTION} -> 30\n`);
    expect(shown.stdout).toContain("Drift: 1 resource that an apply would revert");
    const verbose = await npm("drift", ["shout", "-v"]);
    expect(verbose.stdout).toMatch(/^ {8}skip_destroy += false$/m);
    expect(shown.stdout).not.toContain("skip_destroy");

    const deployed = await npm("deploy", ["shout"]);
    expect(deployed.code, deployed.output).toBe(0);
    expect(deployed.stdout).toMatch(/^ {2}# aws_cloudwatch_log_group\.\w+ was updated in-place$/m);
    expect(deployed.stdout).toContain(`~ retention_in_days = 30 -> ${RETENTION}\n`);
    expect(deployed.stdout).toMatch(/Applied: 1 changed in 1 stack\.\n$/);
    const clean = await npm("drift", ["shout"]);
    expect(clean.code, clean.output).toBe(0);
  });

  it("lists the differences that an apply ignores, with the reason", async () => {
    const lambda = new LambdaClient(clientSettings(target.awsVariables));
    const alias = { FunctionName: `${target.prefix}-build-info`, Name: "live" };
    const { FunctionVersion: version } = await lambda.send(new GetAliasCommand(alias));
    await lambda.send(new UpdateAliasCommand({ ...alias, FunctionVersion: "$LATEST" }));
    try {
      const drift = await npm("drift", ["releases", "--json"]);
      expect(drift.code, drift.output).toBe(0);
      expect(result(drift.stdout).stacks.releases.noticed).toContainEqual({
        address: expect.stringContaining("aws_lambda_alias."),
        how: "changed",
        attributes: ["function_version"],
        reasons: { function_version: "in ignore_changes of the configuration" },
        changes: [{ path: "function_version", before: version, after: "$LATEST" }],
      });
      const shown = await npm("drift", ["releases"]);
      expect(shown.stdout).toContain("Differences that an apply ignores:\n");
      expect(shown.stdout).toMatch(/^ {2}~ aws_lambda_alias\.[\w-]+\n {8}function_version: in ignore_changes/m);
      expect(shown.stdout).toMatch(/Drift: none that an apply would revert; differences that it ignores in \d+ resou/);
    } finally {
      await lambda.send(new UpdateAliasCommand({ ...alias, FunctionVersion: version }));
      lambda.destroy();
    }
  });

  it("releases the lock when a plan is interrupted with Ctrl-C", async () => {
    // All stacks, so that the plan cannot end before the signal arrives.
    const child = spawn("node", ["scripts/run.mjs", "scripts/plan.ts", "local", "--json"], {
      env: { ...process.env, NV_DEMO_DATA: target.dataDirectory },
      stdio: ["ignore", "pipe", "ignore"],
      detached: true, // In a separate process group, like a command in a terminal.
    });
    const ended = once(child, "close");
    const planning = new Promise<void>((resolve) => {
      let output = "";
      child.stdout.on("data", (chunk) => {
        output += String(chunk);
        if (output.includes('"phase":"planning"')) resolve();
      });
    });
    await Promise.race([planning, ended]);
    process.kill(-Number(child.pid), "SIGINT");
    expect(await ended).toEqual([130, null]);
    expect((await npm("state", ["list"])).stdout).not.toContain("locked");
  });

  it("plans only stacks that differ from another commit", async (context) => {
    const { code: inRepository } = await command("git", ["rev-parse", "--verify", "--quiet", "HEAD"]);
    if (inRepository !== 0) return context.skip("not in a git repository");
    const unchanged = await npm("plan", ["secrets", "--changed-since", "HEAD", "--json"]);
    expect(unchanged.code, unchanged.output).toBe(0);
    expect(result(unchanged.stdout)).toMatchObject({ plans: {}, unchanged: [] });
    const unknown = await npm("plan", ["--changed-since", "no-such-commit"]);
    expect(unknown.code).toBe(2);
    expect(unknown.output).toContain('There is no commit "no-such-commit" here.\n');
  });

  it("reports who holds a lock, plans nothing while it is held, and removes it by its ID", async () => {
    const lock = {
      ID: "6f1c2f7e-6a55-4b1e-9d3c-1f0f5a8f3b11",
      Operation: "OperationTypeApply",
      Who: "ada@analytical-engine",
      Created: "2026-11-21T12:00:00Z",
      Info: "",
      Version: "1.11.4",
      Path: `${target.prefix}-state/local/secrets.tfstate`,
    };
    const s3 = new S3Client({ ...clientSettings(target.awsVariables), forcePathStyle: true });
    const Key = "local/secrets.tfstate.tflock";
    await s3.send(new PutObjectCommand({ Bucket: `${target.prefix}-state`, Key, Body: JSON.stringify(lock) }));
    s3.destroy();

    const planned = await npm("plan", ["secrets"]);
    expect(planned.code).toBe(1);
    expect(planned.output).toContain("Error acquiring the state lock");
    expect((await npm("state", ["list"])).stdout).toMatch(
      /^secrets .*locked by ada@analytical-engine since 2026-11-21/m,
    );
    const wrong = await npm("state", ["unlock", "secrets", "another"]);
    expect(wrong.code).toBe(1);
    expect(wrong.output).toContain(`lock ID ${lock.ID}`);
    expect((await npm("state", ["unlock", "secrets", lock.ID])).output).toContain("is unlocked");
    const unchanged = await npm("plan", ["secrets"]);
    expect(unchanged.code, unchanged.output).toBe(0);
  });
});
