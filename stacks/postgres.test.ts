import { expect, it } from "vitest";
import { environment } from "./environment/environments.ts";
import { resource, resources, stackOf, statements, synthesize } from "./testing/synthesize.ts";

const prod = stackOf(synthesize(environment("prod", { accountId: "123456789012" })), "postgres");
const local = stackOf(synthesize(environment("local")), "postgres");

it("takes a final snapshot in production only", () => {
  expect(resource(prod, "aws_db_instance")).toMatchObject({
    skip_final_snapshot: false,
    final_snapshot_identifier: "nv-demo-postgres-final",
    apply_immediately: false,
  });
  expect(resource(local, "aws_db_instance")).toMatchObject({ skip_final_snapshot: true, apply_immediately: true });
});

it("sets the port on AWS and leaves it to the local AWS otherwise", () => {
  expect(resource(local, "aws_db_instance").port).toBeUndefined();
  expect(resource(prod, "aws_db_instance").port).toBe(5432);
});

it("creates the log groups before the instance, so that they have a retention period", () => {
  const names = resources(prod, "aws_cloudwatch_log_group").map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining([
      "/aws/rds/instance/nv-demo-postgres/postgresql",
      "/aws/rds/instance/nv-demo-postgres/upgrade",
    ]),
  );
  const { depends_on } = resource(prod, "aws_db_instance");
  expect(depends_on).toEqual(
    expect.arrayContaining([expect.stringMatching(/^aws_cloudwatch_log_group\.Log-postgresql/)]),
  );
});

it("runs the migrations when their bundle or the database changes", () => {
  const { input, triggers } = resource(prod, "aws_lambda_invocation");
  expect(input).toBe('{"name":"init"}');
  expect(triggers).toEqual({
    program: resource(prod, "aws_lambda_function").source_code_hash,
    database: "${aws_db_instance.Instance.resource_id}",
  });
});

it("allows the migrations to read the secrets of every role only, and verifies the certificate of RDS", () => {
  const master = "${aws_db_instance.Instance.master_user_secret[0].secret_arn}";
  const application = "${data.terraform_remote_state.secrets.outputs.postgres_secret_arn}";
  const sum = "${data.terraform_remote_state.secrets.outputs.sum_postgres_secret_arn}";
  expect(resource(prod, "aws_lambda_function")).toMatchObject({
    function_name: "nv-demo-postgres-init",
    environment: {
      variables: {
        DATABASE_ENDPOINT: "${aws_db_instance.Instance.endpoint}",
        DATABASE_NAME: "nv_demo",
        DATABASE_SECRET_ARN: application,
        DATABASE_TLS: "verify-full",
        MASTER_SECRET_ARN: master,
        SUM_DATABASE_SECRET_ARN: sum,
        NODE_EXTRA_CA_CERTS: "/var/runtime/ca-cert.pem",
      },
    },
  });
  const policy = resources(prod, "aws_iam_role_policy").find(({ name }) => name === "function");
  const readable = statements(policy?.policy).filter(({ Action }) => Action === "secretsmanager:GetSecretValue");
  expect(readable.map(({ Resource }) => Resource)).toEqual([application, sum, master]);
});
