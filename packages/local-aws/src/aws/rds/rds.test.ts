import { randomInt } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Call } from "../../gateway/protocol.ts";
import { openAccess } from "../../gateway/testing/served-service.ts";
import { TerraformWorkspace } from "../../provider/testing/terraform.ts";
import { ACCOUNT_ID } from "../../runtime/account.ts";
import { systemClock } from "../../runtime/clock.ts";
import { Ports } from "../../runtime/ports.ts";
import { Processes } from "../../runtime/processes.ts";
import { SecretsManager } from "../secrets-manager/secrets-manager.ts";
import { dbInstanceArn } from "./db-instances.ts";
import { rdsOperations } from "./operations/index.ts";
import { Rds } from "./rds.ts";

/** The services of the local AWS that RDS requires, for one run. */
class Run {
  readonly processes: Processes;
  readonly ports: Ports;
  readonly secrets: SecretsManager;
  readonly rds: Rds;
  /** Lines of CloudWatch Logs with their log group. */
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
let run: Run;
let workspace: TerraformWorkspace;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "rds-"));
  run = new Run(directory);
  workspace = new TerraformWorkspace(run.rds.terraform);
  await workspace.start();
});

afterEach(async () => {
  workspace.stop();
  await run.close();
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
  return JSON.parse(run.secrets.currentValue(secret?.secret_arn ?? "") ?? "{}") as Login;
}

function newClient({ username, password } = login()): pg.Client {
  const port = Number(workspace.attributes("aws_db_instance.main").port);
  return new pg.Client({ host: "127.0.0.1", port, user: username, password, database: "files" });
}

async function query(sql: string, user = login()): Promise<unknown[]> {
  const client = newClient(user);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

it("runs PostgreSQL with a managed password, its parameters and its logs", async () => {
  await workspace.apply(database({}, { log_statement: "all", max_connections: "33" }));
  expect((await workspace.plan()).code).toBe(0);
  const attributes = workspace.attributes("aws_db_instance.main");
  expect(attributes).toMatchObject({
    address: "127.0.0.1",
    endpoint: `127.0.0.1:${attributes.port}`,
    arn: dbInstanceArn("nv-demo"),
    status: "available",
  });
  expect(await query("show max_connections")).toEqual([{ max_connections: "33" }]);
  // The master user has the privileges of RDS, which are fewer than those of a superuser.
  await query("create extension pg_trgm; create role app login; create table t (id int)");
  await expect(query("create role other superuser")).rejects.toThrow("permission denied");
  await expect(query("select 1", { username: "files", password: "wrong-password" })).rejects.toMatchObject({
    code: "28P01",
  });
  await expect.poll(() => run.logged.join("\n")).toContain("create table t (id int)");
  expect(run.logged[0]).toContain("/aws/rds/instance/nv-demo/postgresql ");
  const { password } = login();
  const state = readFileSync(join(workspace.module, "terraform.tfstate"), "utf8");
  expect(state + JSON.stringify(workspace.records.all())).not.toContain(password);
  expect(statSync(join(directory, "rds", "nv-demo")).mode & 0o777).toBe(0o700);
});

it("changes parameters without a restart, changes the password with its version, and respects deletion protection", async () => {
  const passwordArguments = (password_wo: string, password_wo_version: number) => ({
    manage_master_user_password: null,
    password_wo,
    password_wo_version,
  });
  await workspace.apply(database({ ...passwordArguments("first-password", 1), deletion_protection: true }));
  const first = { username: "files", password: "first-password" };
  await query("create table t as select 42 as value", first);
  await workspace.apply(
    database({ ...passwordArguments("other-password", 1), deletion_protection: true }, { statement_timeout: "1234" }),
  );
  await expect.poll(() => query("show statement_timeout", first)).toEqual([{ statement_timeout: "1234ms" }]);
  await workspace.apply(database({ ...passwordArguments("second-password", 2), deletion_protection: true }));
  const second = { username: "files", password: "second-password" };
  expect(await query("select value from t", second)).toEqual([{ value: 42 }]);
  await expect(query("select 1", first)).rejects.toMatchObject({ code: "28P01" });
  expect((await workspace.plan()).code).toBe(0);

  const destroyed = await workspace.run("destroy", "-auto-approve", "-no-color");
  expect(destroyed.output).toContain("Cannot delete protected DB Instance");
  expect(await query("select value from t", second)).toEqual([{ value: 42 }]);
  await workspace.apply(database(passwordArguments("second-password", 2)));
  expect((await workspace.run("destroy", "-auto-approve", "-no-color")).code).toBe(0);
  expect(existsSync(join(directory, "rds", "nv-demo"))).toBe(false);
});

it.skipIf(!existsSync("/proc/self"))("measures the CPU and the connections of the server", async () => {
  await workspace.apply(database());
  const client = newClient();
  await client.connect();
  const values = () => run.rds.samples()[0]?.values;
  expect(values()?.DatabaseConnections).toBe(1);
  await client.query("select count(*) from generate_series(1, 2000000)");
  expect(values()?.CPUUtilization).toBeGreaterThan(0);
  await client.end();
  await expect.poll(() => values()?.DatabaseConnections).toBe(0);
});

it("keeps committed data when the server is killed and the local AWS restarts, and reports the status", async () => {
  await workspace.apply(database());
  await query("create table t as select 42 as value");
  const record = workspace.records.ofType("aws_db_instance")[0]?.attributes ?? {};
  const pid = Number(readFileSync(join(directory, "rds", "nv-demo", "postmaster.pid"), "utf8").split("\n")[0]);
  const readStatus = async () => (await workspace.resources.read("aws_db_instance", undefined, record))?.state.status;
  process.kill(pid, "SIGKILL");
  await expect.poll(readStatus).toBe("failed");
  await run.rds.instances.start("nv-demo");
  expect(await query("select value from t")).toEqual([{ value: 42 }]);

  expect(run.rds.samples()).toMatchObject([
    {
      namespace: "AWS/RDS",
      dimensions: { DBInstanceIdentifier: "nv-demo" },
      values: { FreeStorageSpace: expect.any(Number) },
    },
  ]);
  await run.rds.instances.stop("nv-demo");
  expect(run.rds.samples()).toEqual([]);
  await expect(query("select 1")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  expect(await readStatus()).toBe("stopped");

  const restarted = new Run(directory);
  for (const { type, attributes } of workspace.records.all()) {
    await restarted.rds.terraform.resources?.find((resource) => resource.type === type)?.start?.(attributes);
  }
  expect(await query("select value from t")).toEqual([{ value: 42 }]);
  await restarted.close();
});

it("describes an instance with the API and the data source, and stops and starts it with the API", async () => {
  await workspace.apply({
    ...database(),
    data: { aws_db_instance: { main: { db_instance_identifier: "${aws_db_instance.main.identifier}" } } },
    output: { endpoint: { value: "${data.aws_db_instance.main.endpoint}" } },
  });
  const { endpoint, port } = workspace.attributes("aws_db_instance.main");
  expect((await workspace.run("output", "-raw", "endpoint")).output).toBe(endpoint);

  const authorized: string[] = [];
  const call: Call = {
    caller: { kind: "root", arn: `arn:aws:iam::${ACCOUNT_ID}:root`, accessKeyId: "test" },
    requestId: "1",
    authorize: (action, resource) => authorized.push(`${action} ${resource}`),
  };
  const api = rdsOperations({ instances: run.rds.instances });
  const input = { DBInstanceIdentifier: "nv-demo" };
  const described = (DBInstanceStatus: string) =>
    expect.objectContaining({ DBInstanceStatus, Endpoint: expect.objectContaining({ Port: port }) });
  expect(api.DescribeDBInstances({}, call)).toEqual({ DBInstances: { DBInstance: [described("available")] } });
  expect(await api.StopDBInstance(input, call)).toEqual({ DBInstance: described("stopped") });
  await expect(query("select 1")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  expect(await api.StartDBInstance(input, call)).toEqual({ DBInstance: described("available") });
  expect(await api.RebootDBInstance(input, call)).toEqual({ DBInstance: described("available") });
  expect(await query("select 1 as one")).toEqual([{ one: 1 }]);
  expect(authorized).toContain(`rds:StopDBInstance ${dbInstanceArn("nv-demo")}`);
  expect(() => api.DescribeDBInstances({ DBInstanceIdentifier: "none" }, call)).toThrow("DBInstance none not found");
});

it("rejects unsupported configurations with the reason", async () => {
  const port = await run.ports.claim("used");
  const listener = createServer().listen(port, "127.0.0.1");
  await expect(workspace.apply(database({ port }))).rejects.toThrow("Another program uses port");
  listener.close();
  await expect(workspace.apply(database({ engine_version: "15" }))).rejects.toThrow("Cannot find version 15");
  await expect(workspace.apply(database({ engine: "mysql" }))).rejects.toThrow('does not support the engine "mysql"');
  await expect(workspace.apply(database({ username: "rdsadmin" }))).rejects.toThrow("reserved word");
});
