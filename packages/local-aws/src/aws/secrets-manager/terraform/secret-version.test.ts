import { randomInt } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openAccess } from "../../../gateway/testing/served-service.ts";
import { TerraformWorkspace } from "../../../provider/testing/terraform.ts";
import { systemClock } from "../../../runtime/clock.ts";
import { SecretsManager } from "../secrets-manager.ts";

let directory: string;
let secrets: SecretsManager;
let workspace: TerraformWorkspace;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "secrets-"));
  secrets = new SecretsManager({ directory, access: openAccess(), clock: systemClock, random: randomInt });
  workspace = new TerraformWorkspace(secrets.terraform);
  await workspace.start();
});

afterEach(() => {
  workspace.stop();
  rmSync(directory, { recursive: true });
});

function configuration(value: string, version: number) {
  return {
    resource: {
      aws_secretsmanager_secret: { db: { name: "nv/db", recovery_window_in_days: 0 } },
      aws_secretsmanager_secret_version: {
        db: {
          secret_id: "${aws_secretsmanager_secret.db.id}",
          secret_string_wo: value,
          secret_string_wo_version: version,
        },
      },
    },
  };
}

it("stores a write-only value in the secret only, and updates it only with its version", async () => {
  await workspace.apply(configuration("first value", 1));
  const arn = String(workspace.attributes("aws_secretsmanager_secret.db").arn);
  expect(secrets.currentValue(arn)).toBe("first value");
  expect((await workspace.plan()).code).toBe(0);

  await workspace.apply(configuration("ignored value", 1));
  expect(secrets.currentValue(arn)).toBe("first value");
  await workspace.apply(configuration("second value", 2));
  expect(secrets.currentValue(arn)).toBe("second value");
  expect((await workspace.plan()).code).toBe(0);
  const state = readFileSync(join(workspace.module, "terraform.tfstate"), "utf8");
  expect(state + JSON.stringify(workspace.records.all())).not.toMatch(/(first|ignored|second) value/);

  expect((await workspace.run("destroy", "-auto-approve", "-no-color")).code).toBe(0);
  expect(secrets.currentValue(arn)).toBeUndefined();
});

it("stores a random password from an ephemeral resource, which appears in neither state nor records", async () => {
  await workspace.apply({
    ...configuration("${ephemeral.aws_secretsmanager_random_password.db.random_password}", 1),
    ephemeral: { aws_secretsmanager_random_password: { db: { password_length: 40, exclude_punctuation: true } } },
  });
  const arn = String(workspace.attributes("aws_secretsmanager_secret.db").arn);
  const password = secrets.currentValue(arn) ?? "";
  expect(password).toMatch(/^[A-Za-z0-9]{40}$/);
  const state = readFileSync(join(workspace.module, "terraform.tfstate"), "utf8");
  expect(state + JSON.stringify(workspace.records.all())).not.toContain(password);
});

it("reads a secret and its value with data sources", async () => {
  await workspace.apply({
    ...configuration("value", 1),
    data: {
      aws_secretsmanager_secret: { db: { name: "${aws_secretsmanager_secret.db.name}" } },
      aws_secretsmanager_secret_version: { db: { secret_id: "${aws_secretsmanager_secret_version.db.secret_id}" } },
    },
    output: {
      arn: { value: "${data.aws_secretsmanager_secret.db.arn}" },
      value: { value: "${data.aws_secretsmanager_secret_version.db.secret_string}", sensitive: true },
    },
  });
  const { output } = await workspace.run("output", "-json");
  const outputs = JSON.parse(output) as Record<string, { value: unknown }>;
  expect(outputs.arn?.value).toBe(workspace.attributes("aws_secretsmanager_secret.db").arn);
  expect(outputs.value?.value).toBe("value");
});
