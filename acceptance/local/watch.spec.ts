import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { command } from "../support/command.ts";
import { processesWith } from "../support/processes.ts";
import { RepositoryCopy } from "../support/repository-copy.ts";
import { RunningCommand } from "../support/running-command.ts";
import { target } from "../support/target.ts";

const APP = "services/shout/app.ts";
const STACK = "stacks/shout.ts";
const RULE = "allowToCidr(this";

/** Works on a copy of the sources, with a data folder of its own and few stacks. The tests continue each other. */
describe.skipIf(target.kind !== "local")("npm start deploys what is saved", () => {
  const data = mkdtempSync(join(tmpdir(), "nv-demo-watch-"));
  const variables = { NV_DEMO_DATA: data, NV_DEMO_PARTS: "shout", NV_DEMO_ENVIRONMENT: "" };
  let copy: RepositoryCopy;
  let running: RunningCommand;
  let url: string;

  beforeAll(async () => {
    copy = new RepositoryCopy();
    running = new RunningCommand("npm", ["start", "--silent", "--", "--json"], variables, copy.folder);
    await running.printed(/^\{.*\}$/m);
    url = (JSON.parse(/^\{.*\}$/m.exec(running.stdout)?.[0] ?? "") as { shoutUrl: string }).shoutUrl;
  });

  afterAll(async () => {
    await running.dispose();
    copy.remove();
    rmSync(data, { recursive: true, force: true });
  });

  /** Standard output is for programs that read the addresses. */
  afterEach(() => expect(running.stdout.trim().split("\n")).toHaveLength(1));

  /** Saves a change. @returns a function that resolves when the output since then matches. */
  function save(...change: Parameters<RepositoryCopy["replace"]>): (pattern: RegExp) => Promise<void> {
    const start = running.output.length;
    copy.replace(...change);
    return (pattern) => expect.poll(() => running.output.slice(start)).toMatch(pattern);
  }

  const response = async (): Promise<string> => (await fetch(url)).text();

  it("says that it watches", () => {
    expect(running.output).toContain("Watching services/, lib/ and stacks/: what you save is deployed.\n");
  });

  it("bundles a changed function, whose new code responds", async () => {
    const printed = save(APP, "to have it shouted backwards", "to have it shouted");
    await expect.poll(response).toContain("to have it shouted.");
    await printed(/^shout: bundled and live in \S+ s \(shout: 1 changed\)$/m);
  });

  it("shows a syntax error, keeps the last code running, and deploys the next save", async () => {
    const failed = save(APP, "function methodNotAllowed", "funktion methodNotAllowed");
    await failed(/services\/shout\/app\.ts:\d+:\d+: ERROR: /);
    await failed(/^Nothing was deployed; the deployment runs as before\. The next save tries again\.$/m);
    expect(await response()).toContain("to have it shouted.");
    const unchanged = save(APP, "funktion methodNotAllowed", "function methodNotAllowed");
    await unchanged(/^services\/shout\/app\.ts: nothing to deploy$/m);
    save(APP, "to have it shouted", "to have it shouted loudly");
    await expect.poll(response).toContain("to have it shouted loudly.");
  });

  it("applies a changed stack that destroys nothing", async () => {
    const printed = save(STACK, "timeout: 15,", "timeout: 16,");
    await printed(/^shout: 1 changed, live in \S+ s$/m);
  });

  it("does not apply what destroys something, and names the command that does", async () => {
    const printed = save(STACK, RULE, `// ${RULE}`);
    await printed(/^shout would destroy:\n {2}aws_vpc_security_group_egress_rule\.\S+\n/m);
    await printed(/^shout: not applied\. Apply it with npm run deploy -- local shout$/m);
    const npm = ["run", "--silent", "deploy", "--", "local", "shout"];
    const deployed = await command("npm", npm, variables, copy.folder);
    expect(deployed.output).toMatch(/1 destroyed/);
    expect(deployed.code).toBe(0);

    await save(STACK, `// ${RULE}`, RULE)(/^shout: 1 added, live in \S+ s$/m);
  });

  it("reports a removed stack, and deploys it when it is a stack again", async () => {
    const removed = save("stacks/stacks.ts", "new OverviewStack(app,", "(() => {})(app,");
    await removed(/^overview: no longer a stack of the application, and still deployed\./m);
    await removed(/terraform -chdir=\S+stacks\/overview destroy$/m);
    await save(
      "stacks/stacks.ts",
      "(() => {})(app,",
      "new OverviewStack(app,",
    )(/^stacks\/stacks\.ts: nothing to deploy$/m);
  });

  it("ends when it is interrupted during a run, and leaves no lock and no process", async () => {
    const start = running.output.length;
    save(STACK, "timeout: 16,", "timeout: 15,");
    save(APP, "to have it shouted loudly.", "to have it shouted backwards.");
    await expect.poll(() => processesWith(data).some((line) => / (plan|apply) -/.test(line))).toBe(true);
    expect(await running.signal("SIGINT", { group: true })).toBeOneOf([0, 130]);
    await expect.poll(() => [...running.remaining(), ...processesWith(data)]).toEqual([]);
    expect(running.output.slice(start)).not.toMatch(/Error|failed|Nothing was deployed|locked/);
  });
});
