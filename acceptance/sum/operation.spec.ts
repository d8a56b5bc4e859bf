import { join } from "node:path";
import {
  DescribeServicesCommand,
  ECSClient,
  ListTasksCommand,
  StopTaskCommand,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { afterEach, describe, expect, it } from "vitest";
import { clientSettings } from "../support/client-settings.ts";
import { command } from "../support/command.ts";
import { Faults } from "../support/faults.ts";
import { target } from "../support/target.ts";

const { sumUrl: url = "", kind, prefix, dataDirectory } = target;
const names = { cluster: `${prefix}-sum`, service: `${prefix}-display` };
const environment = { NV_DEMO_DATA: dataDirectory };

describe.skipIf(url === "" || kind !== "local")("running the Sum system", () => {
  const ecs = new ECSClient(clientSettings(target.awsVariables));
  const faults = new Faults(target);
  const counts = async () => {
    const { cluster, service } = names;
    const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: [service] }));
    return [services[0]?.desiredCount, services[0]?.runningCount];
  };
  const tasks = async () => {
    const { cluster, service: serviceName } = names;
    return (await ecs.send(new ListTasksCommand({ cluster, serviceName }))).taskArns ?? [];
  };
  const scale = (desiredCount: number) => ecs.send(new UpdateServiceCommand({ ...names, desiredCount }));
  const status = async (path: string) => (await fetch(url + path)).status;
  const soon = { timeout: 30_000, interval: 100 };

  afterEach(async () => {
    await faults.endAll();
    await scale(1);
    await expect.poll(counts, soon).toEqual([1, 1]);
    await expect.poll(() => status("/display_service"), soon).toBe(200);
  });

  it("replaces a stopped task", async () => {
    const [stopped] = await tasks();
    await ecs.send(new StopTaskCommand({ cluster: names.cluster, task: stopped }));
    await expect.poll(tasks, soon).not.toContain(stopped);
    await expect.poll(() => status("/display_service"), soon).toBe(200);
  });

  it("returns 503 with Retry-After without the database, and recovers", async () => {
    await faults.begin("database");
    const response = await fetch(`${url}/display_service`);
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(await response.json()).toMatchObject({ error: expect.any(String), code: "DatabaseUnavailable" });
    expect(await status("/health")).toBe(503);
    expect(await status("/reset_service")).toBe(200);
    await faults.end("database");
    await expect.poll(() => status("/display_service"), soon).toBe(200);
    await expect.poll(() => status("/health"), soon).toBe(200);
  });

  it("does not reset the desired count when the stack is applied again", async () => {
    const folder = join(dataDirectory, "cdktf.out", "stacks", "sum");
    const terraform = ["run", "--silent", "local", "--", "terraform", `-chdir=${folder}`];
    // Without requests the autoscaling removes tasks once a minute; if that happens in between, try again.
    const scaleAndApply = async () => {
      await scale(3);
      await expect.poll(counts, soon).toEqual([3, 3]);
      const applied = await command("npm", [...terraform, "apply", "-auto-approve", "-no-color"], environment);
      return { output: applied.output, counts: await counts() };
    };
    await expect
      .poll(scaleAndApply, { timeout: 50_000, interval: 100 })
      .toEqual({ output: expect.stringContaining("0 added, 0 changed, 0 destroyed"), counts: [3, 3] });
  });

  it("scales out under load without failed requests", async () => {
    const { code, output } = await command(
      "npm",
      ["run", "--silent", "system", "--", "load", "--rate", "900", "--minutes", "0.5"],
      environment,
    );
    expect(output).toContain("tasks: 1 of 1 desired");
    expect(output).toContain("tasks: 4 of 4 desired");
    expect(output).toMatch(/\d+ requests, 0 failed/);
    expect(code).toBe(0);
  });
});
