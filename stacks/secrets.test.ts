import { expect, it } from "vitest";
import { environment } from "./environment/environments.ts";
import { resources, stackOf, synthesize } from "./testing/synthesize.ts";

const local = synthesize(environment("local"));
const prod = synthesize(environment("prod", { accountId: "123456789012" }));

it("names the secrets with the prefix", () => {
  const names = (stack: string) =>
    resources(stackOf(local, stack), "aws_secretsmanager_secret").map(({ name }) => name);
  expect(names("secrets")).toEqual(["nv-demo-client", "nv-demo-postgres", "nv-demo-sum-postgres"]);
  expect(names("client-api-key")).toEqual(["nv-demo-client-api-key"]);
});

it("writes each value from an ephemeral password, so that neither plan nor state contains it", () => {
  const { ephemeral = {}, resource } = stackOf(local, "secrets");
  expect(ephemeral).toEqual({
    aws_secretsmanager_random_password: {
      client: { password_length: 40, exclude_punctuation: true },
      postgres: { password_length: 40, exclude_punctuation: true },
      sum_postgres: { password_length: 40, exclude_punctuation: true },
    },
  });
  const values = Object.values(resource.aws_secretsmanager_secret_version ?? {}).map(
    (version) => version.secret_string_wo,
  );
  const password = (name: string) => `\${ephemeral.aws_secretsmanager_random_password.${name}.random_password}`;
  expect(values.map((value) => JSON.parse(String(value)))).toEqual([
    { username: "nvclient", password: password("client") },
    { username: "nv_demo_app", password: password("postgres") },
    { username: "nv_demo_sum", password: password("sum_postgres") },
  ]);
});

it("keeps a deleted secret for 30 days in production and deletes it immediately elsewhere", () => {
  const windows = (all: typeof local) =>
    resources(stackOf(all, "secrets"), "aws_secretsmanager_secret").map(({ recovery_window_in_days: days }) => days);
  expect(windows(prod)).toEqual([30, 30, 30]);
  expect(windows(local)).toEqual([0, 0, 0]);
});
