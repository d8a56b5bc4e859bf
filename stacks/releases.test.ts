import { describe, expect, it } from "vitest";
import { environment } from "./environment/environments.ts";
import { resource, resources, type SynthesizedStack, stackOf, statements, synthesize } from "./testing/synthesize.ts";

const local = environment("local");
const stack = stackOf(synthesize(local), "releases");
const { stages } = local.releases;

const named = (type: string, of: SynthesizedStack = stack) =>
  Object.fromEntries(resources(of, type).map((made) => [String(made.name), made]));

describe("each stage", () => {
  it("is one of the map, and has its own alias by its variable", () => {
    const made = named("aws_apigatewayv2_stage");
    expect(Object.keys(made).toSorted()).toEqual(Object.keys(stages).toSorted());
    expect(Object.keys(named("aws_lambda_alias")).toSorted()).toEqual(Object.keys(stages).toSorted());
    for (const name of Object.keys(stages)) expect(made[name]?.stage_variables).toEqual({ lambdaAlias: name });
    expect(resource(stack, "aws_apigatewayv2_integration").integration_uri).toMatch(
      /function:nv-demo-build-info:\$\$\{stageVariables\.lambdaAlias\}\/invocations$/,
    );
  });

  it("may call its own alias and no other", () => {
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

  it("is moved by Terraform where it follows the newest version, and nowhere else", () => {
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

  it("more is a name more in the map", () => {
    const more = { ...local.releases, stages: { ...stages, europe: { follows: "releases" } as const } };
    const wider = stackOf(synthesize({ ...local, releases: more }), "releases");
    for (const type of ["aws_lambda_alias", "aws_apigatewayv2_stage", "aws_cloudwatch_metric_alarm"]) {
      expect(resources(wider, type)).toHaveLength(resources(stack, type).length + 1);
    }
    expect(Object.keys(named("aws_apigatewayv2_stage", wider))).toContain("europe");
  });

  it("has an alarm that calls the guard", () => {
    for (const alarm of resources(stack, "aws_cloudwatch_metric_alarm")) {
      expect(alarm.alarm_name).toMatch(/^nv-demo-releases-(dev|test|live)-errors$/);
      expect(alarm.dimensions).toMatchObject({
        Resource: expect.stringMatching(/^nv-demo-build-info:(dev|test|live)$/),
      });
      expect(alarm.alarm_actions).toContainEqual(expect.stringMatching(/aws_lambda_function\.Guard_\w+\.arn/));
    }
  });
});

it("publishes a version with each change", () => {
  const released = resources(stack, "aws_lambda_function").find(({ publish }) => publish === true);
  expect(released?.function_name).toBe("nv-demo-build-info");
});

it("lets the guard move the stages of this function and remember it, and alarms call the guard", () => {
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
