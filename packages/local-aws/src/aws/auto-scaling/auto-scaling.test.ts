import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Attributes } from "../../provider/resource-handler.ts";
import { ManagedResources } from "../../provider/testing/managed-resources.ts";
import { arn } from "../../runtime/account.ts";
import { systemClock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import { Ports } from "../../runtime/ports.ts";
import { Processes } from "../../runtime/processes.ts";
import { Ec2 } from "../ec2/ec2.ts";
import { FakeTargetRegistry } from "../elastic-load-balancing/testing/fake-target-registry.ts";
import { Iam } from "../iam/iam.ts";
import { AutoScaling } from "./auto-scaling.ts";

const program = (version: string) => `
import { createServer } from "node:http";
console.log("started ${version}");
createServer((request, response) => {
  if (request.url === "/exit") process.exit(3);
  response.end(JSON.stringify({ version: "${version}", environment: process.env, path: import.meta.url }));
}).listen(8080);
`;

const UNIT = `[Service]
EnvironmentFile=/etc/app/environment
ExecStart=/usr/bin/node /opt/app/index.mjs
StandardOutput=append:/var/log/app.log
Restart=always
RestartSec=1
`;
const AGENT = {
  logs: {
    logs_collected: { files: { collect_list: [{ file_path: "/var/log/app.log", log_group_name: "/ec2/app" }] } },
  },
};

const userData = (key: string) =>
  Buffer.from(
    `#cloud-config\n${JSON.stringify({
      packages: ["nodejs24"],
      write_files: [
        { path: "/etc/systemd/system/app.service", content: UNIT },
        { path: "/etc/app/environment", content: "FROM_FILE=yes\n" },
        { path: "/etc/agent.json", content: JSON.stringify(AGENT) },
      ],
      runcmd: [
        ["curl", "-o", "/etc/ca.pem", "https://example.com"],
        ["aws", "s3", "cp", `s3://programs/${key}`, "/opt/app/app.zip"],
        ["unzip", "-o", "/opt/app/app.zip", "-d", "/opt/app"],
        ["systemctl", "enable", "--now", "app.service"],
        ["/opt/aws/bin/amazon-cloudwatch-agent-ctl", "-a", "fetch-config", "-c", "file:/etc/agent.json"],
      ],
    })}`,
  ).toString("base64");

let directory: string;
let processes: Processes;
let ports: Ports;
let targets: FakeTargetRegistry;
let lines: string[];
let isAllowed: boolean;
let ec2: Ec2;
let autoScaling: AutoScaling;
let resources: ManagedResources;
let profile: Attributes;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "auto-scaling-"));
  processes = new Processes(join(directory, "processes.jsonl"));
  ports = new Ports(join(directory, "ports.jsonl"));
  targets = new FakeTargetRegistry();
  lines = [];
  isAllowed = true;
  ec2 = new Ec2();
  const iam = new Iam();
  autoScaling = new AutoScaling({
    directory: join(directory, "disks"),
    access: {
      credentials: {
        find: (accessKeyId) => ({
          secretAccessKey: "s",
          caller: { kind: "role", arn: accessKeyId, accessKeyId, roleName: "machine" },
        }),
      },
      authorize: (_, action, resource) => {
        if (!isAllowed) throw new AwsError("AccessDenied", `${action} on ${resource}`, 403);
      },
      clock: systemClock,
    },
    processes,
    ports,
    logs: { write: (group, stream, messages) => lines.push(...messages.map((line) => `${group} ${stream} ${line}`)) },
    templates: ec2.launchTemplates,
    profiles: iam.instanceProfiles,
    targets,
    portOf: () => 8080,
    readObject: (_, key) => zipSync({ "index.mjs": Buffer.from(program(key)) }),
    credentialsFor: (roleArn) => ({ accessKeyId: roleArn, secretAccessKey: "s", sessionToken: "t" }),
    endpoint: () => "http://127.0.0.1:1",
    xrayDaemon: () => "127.0.0.1:2000",
    second: 50,
  });
  const services = [ec2, iam, autoScaling];
  resources = new ManagedResources({ resources: services.flatMap(({ terraform }) => terraform.resources ?? []) });
  profile = await resources.apply("aws_iam_instance_profile", { name: "machine", role: "machine" });
  await autoScaling.resume();
});
afterEach(async () => {
  await autoScaling.close();
  resources.close();
  await processes.close();
  ports.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Creates a launch template whose user data installs this program, or a new version of it. */
const applyTemplate = (key: string, prior?: Attributes) => {
  const config = { name: "app", user_data: userData(key), iam_instance_profile: [{ arn: profile.arn }] };
  return resources.apply("aws_launch_template", config, prior);
};
const applyGroup = ({ id }: Attributes, prior?: Attributes) => {
  const config = {
    name: "app",
    min_size: 1,
    max_size: 1,
    desired_capacity: 1,
    launch_template: [{ id }],
    target_group_arns: ["arn:group"],
    health_check_type: "ELB",
    health_check_grace_period: 1,
  };
  return resources.apply("aws_autoscaling_group", config, prior);
};
const get = async (path = "/") => {
  const [port] = targets.registered.keys();
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: "close" } });
  return (await response.json()) as { version: string; environment: Record<string, string>; path: string };
};
const soon = { timeout: 10_000, interval: 20 };

describe("an Auto Scaling group", () => {
  it("runs the program that its user data installs, with the environment of its unit and the role of the instance", async () => {
    await applyGroup(await applyTemplate("one"));
    const { version, environment, path } = await get();
    expect(version).toBe("one");
    expect(environment).toMatchObject({
      FROM_FILE: "yes",
      AWS_ACCESS_KEY_ID: arn("iam", "role/machine", "global"),
      AWS_ENDPOINT_URL: "http://127.0.0.1:1",
      AWS_XRAY_DAEMON_ADDRESS: "127.0.0.1:2000",
    });
    expect(Object.keys(environment)).not.toContain("HOME");
    const [instance] = autoScaling.groups.get("app").instances;
    expect(path).toContain(`${instance?.id}/opt/app/index.mjs`);
    expect(lines).toEqual([`/ec2/app ${instance?.id} started one`]);
    expect(instance?.skipped).toEqual(["curl -o /etc/ca.pem https://example.com"]);
  });

  it.skipIf(!existsSync("/proc/self"))("measures the CPU of its instances", async () => {
    await applyGroup(await applyTemplate("one"));
    expect(autoScaling.samples()).toEqual([]); // The first reading.
    await get();
    const [instance] = autoScaling.groups.get("app").instances;
    const values = { CPUUtilization: expect.any(Number) };
    expect(autoScaling.samples()).toEqual([
      { namespace: "AWS/EC2", dimensions: { InstanceId: instance?.id }, values },
      { namespace: "AWS/EC2", dimensions: { AutoScalingGroupName: "app" }, values },
    ]);
  });

  it("restarts a program that exited on the same instance, as systemd does", async () => {
    await applyGroup(await applyTemplate("one"));
    const before = autoScaling.groups.get("app").instances;
    await get("/exit").catch(() => {});
    await expect.poll(() => get().catch(() => undefined), soon).toMatchObject({ version: "one" });
    expect(autoScaling.groups.get("app").instances).toEqual(before);
    expect(lines).toHaveLength(2);
  });

  it("replaces an instance that the load balancer reports as unhealthy", async () => {
    await applyGroup(await applyTemplate("one"));
    const [unhealthy] = autoScaling.groups.get("app").instances;
    targets.set([...targets.registered.keys()][0] ?? 0, "unhealthy");
    const ids = () => autoScaling.groups.get("app").instances.map(({ id }) => id);
    await expect.poll(ids, soon).not.toContain(unhealthy?.id);
    await expect.poll(() => get().catch(() => undefined), soon).toMatchObject({ version: "one" });
    await expect.poll(() => existsSync(join(directory, "disks", unhealthy?.id ?? "")), soon).toBe(false);
  });

  it("starts an instance of the new launch template before it terminates the old one", async () => {
    const template = await applyTemplate("one");
    const group = await applyGroup(template);
    targets.history.length = 0;
    await applyTemplate("two", template);
    await applyGroup(template, group);
    expect(await get()).toMatchObject({ version: "two" });
    expect(Math.min(...targets.history)).toBeGreaterThanOrEqual(1);
    expect(autoScaling.groups.get("app").instances).toHaveLength(1);
  });

  it("reports why none of its instances started", async () => {
    isAllowed = false;
    const template = await applyTemplate("one");
    await expect(applyGroup(template)).rejects.toThrow("s3:GetObject on arn:aws:s3:::programs/one");
  });

  it("leaves neither processes nor disks when it is deleted", async () => {
    const group = await applyGroup(await applyTemplate("one"));
    const [port] = targets.registered.keys();
    await resources.delete("aws_autoscaling_group", group);
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
    expect(readdirSync(join(directory, "disks"))).toEqual([]);
  });
});
