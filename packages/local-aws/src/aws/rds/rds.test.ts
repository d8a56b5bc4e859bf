import { randomInt } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Call } from "../../gateway/protocol.ts";
import { openAccess } from "../../gateway/testing/served-service.ts";
import { TerraformWorkspace } from "../../provider/testing/terraform.ts";
import { systemClock } from "../../runtime/clock.ts";
import { Ports } from "../../runtime/ports.ts";
import { Processes } from "../../runtime/processes.ts";
import { PATIENCE } from "../../runtime/testing/patience.ts";
import { SecretsManager } from "../secrets-manager/secrets-manager.ts";
import { rdsOperations } from "./operations.ts";
import { Rds } from "./rds.ts";

/** The stand-in's parts that RDS needs, on one data folder. */
class Parts {
  readonly processes: Processes;
  readonly ports: Ports;
  readonly secrets: SecretsManager;
  readonly rds: Rds;
  readonly logged: string[] = [];

  constructor(directory: string) {
    const access = openAccess();
    this.processes = new Processes(join(directory, "processes.jsonl"));
    this.ports = new Ports(join(directory, "ports.jsonl"));
    this.secrets = new SecretsManager({
      directory: join(directory, "secrets"),
      access,
      clock: systemClock,
      random: randomInt,
    });
    this.rds = new Rds({
      directory: join(directory, "rds"),
      processes: this.processes,
      ports: this.ports,
      secrets: this.secrets,
      logs: { write: (group, _stream, messages) => this.logged.push(...messages.map((line) => `${group} ${line}`)) },
      access,
      random: randomInt,
    });
  }

  async close(): Promise<void> {
    await this.rds.close();
    await this.processes.close();
    this.ports.close();
  }
}

let directory: string;
let parts: Parts;
let workspace: TerraformWorkspace;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "rds-"));
  parts = new Parts(directory);
  workspace = new TerraformWorkspace(parts.rds.terraform);
  await workspace.start();
});

afterEach(async () => {
  workspace.stop();
  await parts.close();
  rmSync(directory, { recursive: true });
});

function database(changes: Readonly<Record<string, unknown>> = {}, parameters: Readonly<Record<string, string>> = {}) {
  return {
    resource: {
      aws_db_parameter_group: {
        main: {
          name: "nv-demo",
          family: "postgres17",
          parameter: Object.entries({ "rds.force_ssl": "1", ...parameters }).map(([name, value]) => ({ name, value })),
        },
      },
      aws_db_instance: {
        main: {
          identifier: "nv-demo",
          engine: "postgres",
          engine_version: "17",
          instance_class: "db.t4g.micro",
          allocated_storage: 20,
          username: "files",
          db_name: "files",
          manage_master_user_password: true,
          parameter_group_name: "${aws_db_parameter_group.main.name}",
          enabled_cloudwatch_logs_exports: ["postgresql"],
          skip_final_snapshot: true,
          ...changes,
        },
      },
    },
  };
}

interface Login {
  readonly username: string;
  readonly password: string;
}

function login(): Login {
  const [secret] = workspace.attributes("aws_db_instance.main").master_user_secret as { secret_arn: string }[];
  return JSON.parse(parts.secrets.currentValue(secret?.secret_arn ?? "") ?? "{}") as Login;
}

async function query(sql: string, { username, password } = login()): Promise<unknown[]> {
  const port = Number(workspace.attributes("aws_db_instance.main").port);
  const client = new pg.Client({ host: "127.0.0.1", port, user: username, password, database: "files" });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test("an instance is a PostgreSQL with the managed password, its parameters and its logs", async () => {
  await workspace.apply(database({}, { log_statement: "all", max_connections: "33" }));
  expect((await workspace.plan()).code).toBe(0);
  const attributes = workspace.attributes("aws_db_instance.main");
  expect(attributes).toMatchObject({
    address: "127.0.0.1",
    endpoint: `127.0.0.1:${attributes.port}`,
    arn: "arn:aws:rds:us-east-1:000000000000:db:nv-demo",
    status: "available",
  });
  expect(await query("show max_connections")).toEqual([{ max_connections: "33" }]);
  // what RDS's master may do, and no more
  await query("create extension pg_trgm; create role app login; create table t (id int)");
  await expect(query("create role other superuser")).rejects.toThrow("permission denied");
  await expect(query("select 1", { username: "files", password: "wrong-password" })).rejects.toMatchObject({
    code: "28P01",
  });
  await vi.waitFor(() => expect(parts.logged.join("\n")).toContain("create table t (id int)"), PATIENCE);
  expect(parts.logged[0]).toContain("/aws/rds/instance/nv-demo/postgresql ");
  const { password } = login();
  const state = readFileSync(join(workspace.module, "terraform.tfstate"), "utf8");
  expect(state + JSON.stringify(workspace.records.all())).not.toContain(password);
  expect(statSync(join(directory, "rds", "nv-demo")).mode & 0o777).toBe(0o700);
});

test("parameters change without a restart, the password with its version, and a protected instance stays", async () => {
  const given = (password_wo: string, password_wo_version: number) => ({
    manage_master_user_password: null,
    password_wo,
    password_wo_version,
  });
  await workspace.apply(database({ ...given("first-password", 1), deletion_protection: true }));
  const first = { username: "files", password: "first-password" };
  await query("create table kept as select 42 as answer", first);
  await workspace.apply(
    database({ ...given("other-password", 1), deletion_protection: true }, { statement_timeout: "1234" }),
  );
  await vi.waitFor(
    async () => expect(await query("show statement_timeout", first)).toEqual([{ statement_timeout: "1234ms" }]),
    PATIENCE,
  );
  await workspace.apply(database({ ...given("second-password", 2), deletion_protection: true }));
  const second = { username: "files", password: "second-password" };
  expect(await query("select answer from kept", second)).toEqual([{ answer: 42 }]);
  await expect(query("select 1", first)).rejects.toMatchObject({ code: "28P01" });
  expect((await workspace.plan()).code).toBe(0);

  const refused = await workspace.run("destroy", "-auto-approve", "-no-color");
  expect(refused.output).toContain("Cannot delete protected DB Instance");
  expect(await query("select answer from kept", second)).toEqual([{ answer: 42 }]);
  await workspace.apply(database(given("second-password", 2)));
  expect((await workspace.run("destroy", "-auto-approve", "-no-color")).code).toBe(0);
  expect(existsSync(join(directory, "rds", "nv-demo"))).toBe(false);
});

test("committed data survives when both the stand-in and the server are killed, and a stopped instance says so", async () => {
  await workspace.apply(database());
  await query("create table kept as select 42 as answer");
  const record = workspace.records.ofType("aws_db_instance")[0]?.attributes ?? {};
  const pid = Number(readFileSync(join(directory, "rds", "nv-demo", "postmaster.pid"), "utf8").split("\n")[0]);
  process.kill(pid, "SIGKILL");
  const handler = parts.rds.terraform.resources?.find(({ type }) => type === "aws_db_instance");
  await vi.waitFor(async () => expect(await handler?.read?.(record)).toMatchObject({ status: "failed" }), PATIENCE);
  await parts.rds.startInstance("nv-demo");
  expect(await query("select answer from kept")).toEqual([{ answer: 42 }]);

  await parts.rds.stopInstance("nv-demo");
  await expect(query("select 1")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  expect(await handler?.read?.(record)).toMatchObject({ status: "stopped" });

  const restarted = new Parts(directory); // a new run of the stand-in on the same folder
  for (const { type, attributes } of workspace.records.all()) {
    await restarted.rds.terraform.resources?.find((resource) => resource.type === type)?.start?.(attributes);
  }
  expect(await query("select answer from kept")).toEqual([{ answer: 42 }]);
  await restarted.close();
});

test("the API and the data source tell where the instance is and how it does; the API stops and starts it", async () => {
  await workspace.apply({
    ...database(),
    data: { aws_db_instance: { main: { db_instance_identifier: "${aws_db_instance.main.identifier}" } } },
    output: { endpoint: { value: "${data.aws_db_instance.main.endpoint}" } },
  });
  const { endpoint, port } = workspace.attributes("aws_db_instance.main");
  expect((await workspace.run("output", "-raw", "endpoint")).output).toBe(endpoint);

  const authorized: string[] = [];
  const call: Call = {
    caller: { kind: "root", arn: "arn:aws:iam::000000000000:root", accessKeyId: "test" },
    requestId: "1",
    authorize: (action, resource) => authorized.push(`${action} ${resource}`),
  };
  const api = rdsOperations(parts.rds);
  const input = { DBInstanceIdentifier: "nv-demo" };
  const described = (DBInstanceStatus: string) =>
    expect.objectContaining({ DBInstanceStatus, Endpoint: expect.objectContaining({ Port: port }) });
  expect(api.DescribeDBInstances({}, call)).toEqual({ DBInstances: { DBInstance: [described("available")] } });
  expect(await api.StopDBInstance(input, call)).toEqual({ DBInstance: described("stopped") });
  await expect(query("select 1")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  expect(await api.StartDBInstance(input, call)).toEqual({ DBInstance: described("available") });
  expect(await api.RebootDBInstance(input, call)).toEqual({ DBInstance: described("available") });
  expect(await query("select 1 as one")).toEqual([{ one: 1 }]);
  expect(authorized).toContain("rds:StopDBInstance arn:aws:rds:us-east-1:000000000000:db:nv-demo");
  expect(() => api.DescribeDBInstances({ DBInstanceIdentifier: "none" }, call)).toThrow("DBInstance none not found");
});

test("what this machine cannot be is refused with the reason", async () => {
  const port = await parts.ports.claim("taken");
  const listener = createServer().listen(port, "127.0.0.1");
  await expect(workspace.apply(database({ port }))).rejects.toThrow("is taken by another program");
  listener.close();
  await expect(workspace.apply(database({ engine_version: "15" }))).rejects.toThrow("Cannot find version 15");
  await expect(workspace.apply(database({ engine: "mysql" }))).rejects.toThrow('has no engine "mysql"');
  await expect(workspace.apply(database({ username: "rdsadmin" }))).rejects.toThrow("reserved word");
});
