import { describe, expect, it } from "vitest";
import { environment } from "./environment/environments.ts";
import { resource, resources, type SynthesizedStack, stackOf, statements, synthesize } from "./testing/synthesize.ts";

const local = environment("local");
const stack = stackOf(synthesize(local), "releases");
const { stages } = local.releases;

const named = (type: string, of: SynthesizedStack = stack) =>
  Object.fromEntries(resources(of, type).map((created) => [String(created.name), created]));

describe("each stage", () => {
  it("has an alias, which its stage variable selects", () => {
    const created = named("aws_apigatewayv2_stage");
    expect(Object.keys(created).toSorted()).toEqual(Object.keys(stages).toSorted());
    expect(Object.keys(named("aws_lambda_alias")).toSorted()).toEqual(Object.keys(stages).toSorted());
    for (const name of Object.keys(stages)) expect(created[name]?.stage_variables).toEqual({ lambdaAlias: name });
    expect(resource(stack, "aws_apigatewayv2_integration").integration_uri).toMatch(
      /function:nv-demo-build-info:\$\$\{stageVariables\.lambdaAlias\}\/invocations$/,
    );
  });

  it("may invoke only its own alias", () => {
    const api = resources(stack, "aws_lambda_permission").filter(({ principal }) =>
      String(principal).startsWith("api"),
    );
    const allowed = api.map(({ qualifier, source_arn }) => [String(qualifier), String(source_arn)]);
    expect(allowed).toEqual(
      Object.keys(stages)
        .toSorted()
        .map((name) => [
          expect.stringContaining(`Alias-${name}`),
          expect.stringMatching(new RegExp(`execution_arn\\}/${name}/\\*$`)),
        ]),
    );
  });

  it("is updated by Terraform only where it follows the newest version", () => {
    const aliases = named("aws_lambda_alias");
    expect(aliases.dev).not.toHaveProperty("lifecycle");
    for (const [name, { follows }] of Object.entries(stages)) {
      expect(aliases[name]?.function_version).toMatch(/aws_lambda_function\.\w+\.version\}$/);
      if (follows === "releases") {
        expect(aliases[name]?.lifecycle).toEqual({ ignore_changes: ["function_version", "routing_config"] });
      }
    }
    expect(Object.values(stages).map(({ follows }) => follows)).toEqual(["newest", "releases", "releases"]);
  });

  it("is added by an entry in the environment", () => {
    const more = { ...local.releases, stages: { ...stages, europe: { follows: "releases" } as const } };
    const wider = stackOf(synthesize({ ...local, releases: more }), "releases");
    for (const type of ["aws_lambda_alias", "aws_apigatewayv2_stage", "aws_cloudwatch_metric_alarm"]) {
      expect(resources(wider, type)).toHaveLength(resources(stack, type).length + 1);
    }
    expect(Object.keys(named("aws_apigatewayv2_stage", wider))).toContain("europe");
  });

  it("has an alarm that invokes the guard", () => {
    const alarms = resources(stack, "aws_cloudwatch_metric_alarm");
    for (const alarm of alarms.filter(({ alarm_name }) => !String(alarm_name).includes("release-guard"))) {
      expect(alarm.alarm_name).toMatch(/^nv-demo-releases-(dev|test|live)-errors$/);
      expect(alarm.dimensions).toMatchObject({
        Resource: expect.stringMatching(/^nv-demo-build-info:(dev|test|live)$/),
      });
      expect(alarm.alarm_actions).toContainEqual(expect.stringMatching(/aws_lambda_function\.Guard_\w+\.arn/));
    }
  });

  it("has no rollback when the guard itself fails, which pages somebody", () => {
    const ofGuard = resources(stack, "aws_cloudwatch_metric_alarm").filter(({ dimensions }) =>
      JSON.stringify(dimensions).includes("release-guard"),
    );
    expect(ofGuard.map(({ alarm_name }) => alarm_name).toSorted()).toEqual([
      "nv-demo-release-guard-errors",
      "nv-demo-release-guard-throttles",
    ]);
    for (const { alarm_description, alarm_actions } of ofGuard) {
      expect(alarm_description).toContain("Severity: critical");
      expect(alarm_actions).toEqual([expect.stringMatching(/^arn:aws:sns:/)]);
    }
  });
});

it("publishes a version for every change", () => {
  const released = resources(stack, "aws_lambda_function").find(({ publish }) => publish === true);
  expect(released?.function_name).toBe("nv-demo-build-info");
});

it("allows the guard to update the aliases of this function and write the history, and alarms to invoke it", () => {
  const guard = resources(stack, "aws_iam_role_policy").find(({ role }) => String(role).includes("Guard"));
  const allowed = statements(guard?.policy).flatMap(({ Action }) => [Action].flat() as string[]);
  expect(allowed.filter((action) => !/^(logs|xray):/.test(action))).toEqual([
    "lambda:GetAlias",
    "lambda:UpdateAlias",
    "dynamodb:PutItem",
  ]);
  const byAlarms = resources(stack, "aws_lambda_permission").find(({ principal }) =>
    String(principal).includes("alarms"),
  );
  expect(byAlarms).toMatchObject({
    source_account: "000000000000",
    source_arn: expect.stringMatching(/:alarm:nv-demo-releases-\*$/),
  });
});
