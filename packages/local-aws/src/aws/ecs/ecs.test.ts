import { ListTasksCommand, StopTaskCommand, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EcsHarness } from "./testing/ecs-harness.ts";

/** Answers its version and environment, listens on the port of the container, and dies when it is told. */
const program = (version: string) => `
import { createServer } from "node:http";
console.log("started ${version}");
createServer((request, response) => {
  if (request.url === "/die") process.exit(3);
  response.end(JSON.stringify({ version: "${version}", environment: process.env }));
}).listen(8080);
process.on("SIGTERM", () => process.exit(0));
`;

let harness: EcsHarness;
beforeEach(async () => {
  harness = new EcsHarness();
  await harness.listen();
});
afterEach(() => harness.close());

const version = async () => JSON.parse(await harness.answer()).version;
const steady = { timeout: 15_000, interval: 20 };
const counts = async () => {
  const { desiredCount, runningCount } = await harness.service();
  return [desiredCount, runningCount];
};

describe("a service", () => {
  it("runs the image's own entry with what the image and the task say, and nothing of this machine's", async () => {
    await harness.serve(await harness.define(await harness.push("one", program("one"))));
    const { environment } = JSON.parse(await harness.answer());
    expect(environment).toMatchObject({
      FROM_IMAGE: "yes",
      FROM_TASK: "yes",
      AWS_ACCESS_KEY_ID: "arn:aws:iam::000000000000:role/task",
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
    });
    expect(Object.keys(environment)).not.toContain("HOME");
    expect(Object.keys(environment).filter((name) => name.startsWith("LOCAL_"))).toEqual([]);
    expect(harness.lines).toContainEqual({
      group: "/ecs/app",
      stream: expect.stringMatching(/^app\/app\/[0-9a-f]{32}$/),
      line: "started one",
    });
  });

  it("does not find packages that the image has not", async () => {
    const image = await harness.push("lazy", `import "fast-check";`);
    await expect(harness.serve(await harness.define(image))).rejects.toThrow("circuit breaker");
    expect(harness.lines.map(({ line }) => line).join("\n")).toContain("Cannot find package 'fast-check'");
  });

  it("replaces a task that died, and one that was stopped", async () => {
    await harness.serve(await harness.define(await harness.push("one", program("one"))));
    const [first] = harness.targets.registered.keys();
    await harness.answer("/die").catch(() => {});
    await expect.poll(() => [...harness.targets.registered.keys()], steady).not.toEqual([first]);
    await expect.poll(version, steady).toBe("one");

    const { taskArns = [] } = await harness.ecsClient.send(new ListTasksCommand({ cluster: "cluster" }));
    await harness.ecsClient.send(new StopTaskCommand({ cluster: "cluster", task: taskArns[0] }));
    await expect
      .poll(async () => (await harness.ecsClient.send(new ListTasksCommand({ cluster: "cluster" }))).taskArns, steady)
      .not.toContain(taskArns[0]);
    await expect.poll(counts, steady).toEqual([1, 1]);
  });

  it("replaces a task that the load balancer finds ill", async () => {
    await harness.serve(await harness.define(await harness.push("one", program("one"))));
    const [ill = 0] = harness.targets.registered.keys();
    harness.targets.set(ill, "unhealthy");
    await expect.poll(() => [...harness.targets.registered.values()], steady).toEqual(["healthy"]);
    expect([...harness.targets.registered.keys()]).not.toEqual([ill]);
  });

  it("runs as many tasks as wanted, more or fewer", async () => {
    await harness.serve(await harness.define(await harness.push("one", program("one"))));
    const scale = (desiredCount: number) =>
      harness.ecsClient.send(new UpdateServiceCommand({ cluster: "cluster", service: "app", desiredCount }));
    await scale(3);
    await expect.poll(() => harness.targets.registered.size, steady).toBe(3);
    await scale(1);
    await expect.poll(() => harness.targets.registered.size, steady).toBe(1);
    await expect.poll(counts, steady).toEqual([1, 1]);
  });
});

describe("a deployment", () => {
  it("replaces the tasks one by one, without a moment in which none serves", async () => {
    await harness.serve(await harness.define(await harness.push("one", program("one"))), { desired_count: 2 });
    harness.targets.history.length = 0;
    await harness.serve(await harness.define(await harness.push("two", program("two"))), { desired_count: 2 });
    expect(await version()).toBe("two");
    expect(Math.min(...harness.targets.history)).toBeGreaterThanOrEqual(2);
    expect(await counts()).toEqual([2, 2]);
    expect((await harness.service()).deployments).toMatchObject([{ status: "PRIMARY", rolloutState: "COMPLETED" }]);
  });

  it.each([
    ["is not there", async () => "000000000000.dkr.ecr.us-east-1.amazonaws.com/app:gone", "CannotPullContainerError"],
    ["ends at once", () => harness.push("bad", "process.exit(7)"), "exit code 7"],
    ["is no program of Node.js", () => harness.push("odd", program("odd")), "Node.js programs"],
  ])("is taken back when its image %s, while the old tasks go on", async (what, image, reason) => {
    await harness.serve(await harness.define(await harness.push("one", program("one"))));
    const [before] = harness.targets.registered.keys();
    const container = what.startsWith("is no") ? { entryPoint: ["python3", "x.py"] } : {};
    const deployment = harness.serve(await harness.define(await image(), container));
    await expect(deployment).rejects.toThrow(reason);
    expect([...harness.targets.registered.keys()]).toEqual([before]);
    expect(await version()).toBe("one");
    expect((await harness.service()).taskDefinition).toMatch(/app:1$/);
  });

  it("is given up when there is nothing to go back to", async () => {
    const nothing = harness.serve(await harness.define("000000000000.dkr.ecr.us-east-1.amazonaws.com/app:gone"));
    await expect(nothing).rejects.toThrow("CannotPullContainerError");
    expect((await harness.service()).deployments).toMatchObject([{ rolloutState: "FAILED", runningCount: 0 }]);
  });

  it("can be made right by the next one", async () => {
    await expect(
      harness.serve(await harness.define("000000000000.dkr.ecr.us-east-1.amazonaws.com/app:gone")),
    ).rejects.toThrow();
    await harness.serve(await harness.define(await harness.push("one", program("one"))));
    expect(await version()).toBe("one");
  });
});

it("runs after a restart what it ran before, as often as it was scaled to", async () => {
  await harness.serve(await harness.define(await harness.push("one", program("one"))));
  await expect(harness.serve(await harness.define(await harness.push("bad", "process.exit(7)")))).rejects.toThrow();
  await harness.ecsClient.send(new UpdateServiceCommand({ cluster: "cluster", service: "app", desiredCount: 2 }));
  await expect.poll(() => harness.targets.registered.size, steady).toBe(2);
  await harness.restart();
  expect(harness.targets.registered.size).toBe(2);
  expect(await version()).toBe("one");
});

it("leaves no process behind when it is deleted", async () => {
  const { id } = await harness.serve(await harness.define(await harness.push("one", program("one"))));
  const [port] = harness.targets.registered.keys();
  await harness.ecs.remove(String(id));
  await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
  expect(harness.targets.registered.size).toBe(0);
});
