import { existsSync } from "node:fs";
import { ListTasksCommand, StopTaskCommand, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ACCOUNT_ID } from "../../runtime/account.ts";
import { repositoryUrl } from "../ecr/repositories.ts";
import { EcsHarness } from "./testing/ecs-harness.ts";

const MISSING_IMAGE = `${repositoryUrl("app")}:missing`;

/**
 * A program that listens on the port of the container, responds with its version and environment, and exits on request.
 */
const program = (version: string) => `
import { createServer } from "node:http";
console.log("started ${version}");
createServer((request, response) => {
  if (request.url === "/exit") process.exit(3);
  response.end(JSON.stringify({ version: "${version}", environment: process.env }));
}).listen(8080);
process.on("SIGTERM", () => process.exit(0));
`;

let harness: EcsHarness;
beforeEach(async () => {
  harness = new EcsHarness();
  await harness.start();
});
afterEach(() => harness.close());

const version = async () => JSON.parse(await harness.request()).version;
const POLL = { interval: 20 };
const desiredAndRunning = async () => {
  const { desiredCount, runningCount } = await harness.serviceDescription();
  return [desiredCount, runningCount];
};

describe("service", () => {
  it("runs the entry point of the image with the variables of the image and the task", async () => {
    await harness.deploy(await harness.registerTaskDefinition(await harness.push("one", program("one"))));
    const { environment } = JSON.parse(await harness.request());
    expect(environment).toMatchObject({
      FROM_IMAGE: "yes",
      FROM_TASK: "yes",
      AWS_ACCESS_KEY_ID: `arn:aws:iam::${ACCOUNT_ID}:role/task`,
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      AWS_XRAY_DAEMON_ADDRESS: "127.0.0.1:2000",
    });
    expect(Object.keys(environment)).not.toContain("HOME");
    expect(Object.keys(environment).filter((name) => name.startsWith("LOCAL_"))).toEqual([]);
    expect(harness.lines).toContainEqual({
      group: "/ecs/app",
      stream: expect.stringMatching(/^app\/app\/[0-9a-f]{32}$/),
      line: "started one",
    });
  });

  it.skipIf(!existsSync("/proc/self"))("measures the CPU and the memory of its tasks", async () => {
    await harness.deploy(await harness.registerTaskDefinition(await harness.push("one", program("one"))));
    const dimensions = { ClusterName: "cluster", ServiceName: "app" };
    const [first] = harness.samples();
    expect(first).toMatchObject({ namespace: "AWS/ECS", dimensions });
    expect(first?.values.MemoryUtilization).toBeGreaterThan(5);
    expect(first?.values.MemoryUtilization).toBeLessThan(100);
    await harness.request();
    expect(harness.samples()[0]?.values.CPUUtilization).toBeGreaterThanOrEqual(0);
  });

  it("does not resolve packages that are not in the image", async () => {
    const image = await harness.push("lazy", `import "fast-check";`);
    await expect(harness.deploy(await harness.registerTaskDefinition(image))).rejects.toThrow("circuit breaker");
    expect(harness.lines.map(({ line }) => line).join("\n")).toContain("Cannot find package 'fast-check'");
  });

  it("replaces a task that ended and a task that was stopped", async () => {
    await harness.deploy(await harness.registerTaskDefinition(await harness.push("one", program("one"))));
    const [first] = harness.targets.registered.keys();
    await harness.request("/exit").catch(() => {});
    await expect.poll(() => [...harness.targets.registered.keys()], POLL).not.toEqual([first]);
    await expect.poll(version, POLL).toBe("one");

    const { taskArns = [] } = await harness.ecsClient.send(new ListTasksCommand({ cluster: "cluster" }));
    await harness.ecsClient.send(new StopTaskCommand({ cluster: "cluster", task: taskArns[0] }));
    await expect
      .poll(async () => (await harness.ecsClient.send(new ListTasksCommand({ cluster: "cluster" }))).taskArns, POLL)
      .not.toContain(taskArns[0]);
    await expect.poll(desiredAndRunning, POLL).toEqual([1, 1]);
  });

  it("replaces a task that the load balancer reports as unhealthy", async () => {
    await harness.deploy(await harness.registerTaskDefinition(await harness.push("one", program("one"))));
    const [unhealthy = 0] = harness.targets.registered.keys();
    harness.targets.set(unhealthy, "unhealthy");
    await expect.poll(() => [...harness.targets.registered.values()], POLL).toEqual(["healthy"]);
    expect([...harness.targets.registered.keys()]).not.toEqual([unhealthy]);
  });

  it("scales out and in", async () => {
    await harness.deploy(await harness.registerTaskDefinition(await harness.push("one", program("one"))));
    const scale = (desiredCount: number) =>
      harness.ecsClient.send(new UpdateServiceCommand({ cluster: "cluster", service: "app", desiredCount }));
    await scale(3);
    await expect.poll(() => harness.targets.registered.size, POLL).toBe(3);
    await scale(1);
    await expect.poll(() => harness.targets.registered.size, POLL).toBe(1);
    await expect.poll(desiredAndRunning, POLL).toEqual([1, 1]);
  });
});

describe("deployment", () => {
  it("replaces the tasks without falling below the minimum healthy percent", async () => {
    await harness.deploy(await harness.registerTaskDefinition(await harness.push("one", program("one"))), {
      desired_count: 2,
    });
    harness.targets.history.length = 0;
    await harness.deploy(await harness.registerTaskDefinition(await harness.push("two", program("two"))), {
      desired_count: 2,
    });
    expect(await version()).toBe("two");
    expect(Math.min(...harness.targets.history)).toBeGreaterThanOrEqual(2);
    expect(await desiredAndRunning()).toEqual([2, 2]);
    expect((await harness.serviceDescription()).deployments).toMatchObject([
      { status: "PRIMARY", rolloutState: "COMPLETED" },
    ]);
  });

  it.each([
    ["does not exist", async () => MISSING_IMAGE, "CannotPullContainerError"],
    ["exits immediately", () => harness.push("bad", "process.exit(7)"), "exit code 7"],
    ["is not a Node.js program", () => harness.push("odd", program("odd")), "Node.js programs"],
  ])("is rolled back when its image %s, while the old tasks keep running", async (problem, image, reason) => {
    await harness.deploy(await harness.registerTaskDefinition(await harness.push("one", program("one"))));
    const [before] = harness.targets.registered.keys();
    const container = problem === "is not a Node.js program" ? { entryPoint: ["python3", "x.py"] } : {};
    const deployment = harness.deploy(await harness.registerTaskDefinition(await image(), container));
    await expect(deployment).rejects.toThrow(reason);
    expect([...harness.targets.registered.keys()]).toEqual([before]);
    expect(await version()).toBe("one");
    expect((await harness.serviceDescription()).taskDefinition).toMatch(/app:1$/);
  });

  it("fails when there is no deployment to roll back to", async () => {
    const deployment = harness.deploy(await harness.registerTaskDefinition(MISSING_IMAGE));
    await expect(deployment).rejects.toThrow("CannotPullContainerError");
    expect((await harness.serviceDescription()).deployments).toMatchObject([
      { rolloutState: "FAILED", runningCount: 0 },
    ]);
  });

  it("succeeds after a failed one", async () => {
    await expect(harness.deploy(await harness.registerTaskDefinition(MISSING_IMAGE))).rejects.toThrow();
    await harness.deploy(await harness.registerTaskDefinition(await harness.push("one", program("one"))));
    expect(await version()).toBe("one");
  });
});

it("restores task definition and desired count of a service after a restart", async () => {
  await harness.deploy(await harness.registerTaskDefinition(await harness.push("one", program("one"))));
  await expect(
    harness.deploy(await harness.registerTaskDefinition(await harness.push("bad", "process.exit(7)"))),
  ).rejects.toThrow();
  await harness.ecsClient.send(new UpdateServiceCommand({ cluster: "cluster", service: "app", desiredCount: 2 }));
  await expect.poll(() => harness.targets.registered.size, POLL).toBe(2);
  await harness.restart();
  expect(harness.targets.registered.size).toBe(2);
  expect(await version()).toBe("one");
});

it("stops all processes of a deleted service", async () => {
  await harness.deploy(await harness.registerTaskDefinition(await harness.push("one", program("one"))));
  const [port] = harness.targets.registered.keys();
  await harness.deleteService();
  await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
  expect(harness.targets.registered.size).toBe(0);
});
