import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openAccess } from "../../../gateway/testing/served-service.ts";
import { TerraformWorkspace } from "../../../provider/testing/terraform.ts";
import { REGION } from "../../../runtime/account.ts";
import { systemClock } from "../../../runtime/clock.ts";
import { Ports } from "../../../runtime/ports.ts";
import { Processes } from "../../../runtime/processes.ts";
import { DynamoDb } from "../dynamodb.ts";
import { tableArn } from "../table-arn.ts";

const TERRAFORM_TIMEOUT_MS = 60_000;

let directory: string;
let processes: Processes;
let ports: Ports;
let dynamodb: DynamoDb;
let workspace: TerraformWorkspace;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "dynamodb-"));
  processes = new Processes(join(directory, "processes.journal"));
  ports = new Ports(join(directory, "ports.journal"));
  const access = openAccess();
  dynamodb = new DynamoDb({
    directory: join(directory, "dynamodb"),
    access,
    clock: systemClock,
    processes,
    metrics: { put: () => {} },
    ports,
  });
  workspace = new TerraformWorkspace(dynamodb.terraform);
  await workspace.start();
});

afterAll(async () => {
  workspace.stop();
  await dynamodb.stop();
  await processes.close();
  ports.close();
  rmSync(directory, { recursive: true, force: true });
});

function configuration({ index, isProtected, age }: { index: string; isProtected: boolean; age: string }) {
  return {
    provider: { aws: { region: REGION } },
    resource: {
      aws_dynamodb_table: {
        users: {
          name: "users",
          billing_mode: "PAY_PER_REQUEST",
          hash_key: "name",
          attribute: ["name", "role"].map((name) => ({ name, type: "S" })),
          global_secondary_index: [{ name: index, hash_key: "role", projection_type: "ALL" }],
          point_in_time_recovery: { enabled: true },
          server_side_encryption: { enabled: true },
          ttl: { attribute_name: "expires", enabled: true },
          stream_enabled: true,
          stream_view_type: "NEW_IMAGE",
          deletion_protection_enabled: isProtected,
        },
      },
      aws_dynamodb_table_item: {
        ann: {
          table_name: "${aws_dynamodb_table.users.name}",
          hash_key: "${aws_dynamodb_table.users.hash_key}",
          item: JSON.stringify({ name: { S: "ann" }, age: { N: age } }),
        },
      },
    },
  };
}

it("creates, updates and destroys a table, with empty plans in between", {
  timeout: TERRAFORM_TIMEOUT_MS,
}, async () => {
  await workspace.apply(configuration({ index: "by-role", isProtected: true, age: "30" }));
  expect(workspace.attributes("aws_dynamodb_table.users")).toMatchObject({
    arn: tableArn("users"),
    stream_arn: expect.stringContaining(":table/users/stream/"),
    point_in_time_recovery: [{ enabled: true, recovery_period_in_days: 35 }],
  });
  expect((await workspace.plan()).code).toBe(0);
  const destroyed = await workspace.run("destroy", "-auto-approve", "-no-color");
  expect(destroyed.code).toBe(1);
  expect(destroyed.output).toContain("currently protected against deletion");
  await workspace.apply(configuration({ index: "by-rank", isProtected: false, age: "31" }));
  expect((await workspace.plan()).code).toBe(0);
  expect((await workspace.run("destroy", "-auto-approve", "-no-color")).code).toBe(0);
});

it("enables and disables the time to live, with empty plans in between", {
  timeout: TERRAFORM_TIMEOUT_MS,
}, async () => {
  const table = (ttl?: object) => ({
    provider: { aws: { region: REGION } },
    resource: {
      aws_dynamodb_table: {
        sessions: {
          name: "sessions",
          billing_mode: "PAY_PER_REQUEST",
          hash_key: "id",
          attribute: [{ name: "id", type: "S" }],
          ...(ttl && { ttl }),
        },
      },
    },
  });
  for (const ttl of [undefined, { attribute_name: "expiresAt", enabled: true }, { enabled: false }, undefined]) {
    await workspace.apply(table(ttl));
    expect((await workspace.plan()).code).toBe(0);
  }
  expect((await workspace.run("destroy", "-auto-approve", "-no-color")).code).toBe(0);
});
