import * as v from "valibot";
import type { Resource, SynthesizedStacks } from "../synth/synthesized-stacks.ts";
import { endOf, type Flow, flow, referred, USER } from "./flow.ts";

const list = v.union([
  v.pipe(
    v.string(),
    v.transform((one) => [one]),
  ),
  v.array(v.string()),
]);
const policySchema = v.object({
  Statement: v.array(v.object({ Effect: v.string(), Action: list, Resource: v.unknown() })),
});

/** What a permission is drawn to, by its actions. */
const DRAWN: readonly { readonly actions: RegExp; readonly type: string }[] = [
  { actions: /^s3:(Get|Put|Delete)Object$/, type: "aws_s3_bucket" },
  { actions: /^dynamodb:(Get|Put|Update|Delete)Item$/, type: "aws_dynamodb_table" },
  { actions: /^ecr:BatchGetImage$/, type: "aws_ecr_repository" },
];

/** Programs connect to the buckets, tables and repositories that the policies of their roles name. */
export function permissionFlows(stacks: SynthesizedStacks): Flow[] {
  const connections = programsOf(stacks).flatMap(({ program, roles }) =>
    statementsOf(stacks, roles).flatMap(({ policy, actions, resources }) => [
      ...DRAWN.filter(({ actions: drawn }) => actions.some((action) => drawn.test(action))).flatMap(({ type }) =>
        referred(stacks, policy, resources, type).map((one) => flow(program, one)),
      ),
      ...(actions.includes("lambda:UpdateAlias")
        ? aliasesOf(stacks, referred(stacks, policy, resources, "aws_lambda_function")).map((one) => flow(program, one))
        : []),
    ]),
  );
  return [...connections, ...sessionFlows(stacks)];
}

/** Users reach a single machine through Session Manager when its role allows that. */
function sessionFlows(stacks: SynthesizedStacks): Flow[] {
  const allowed = stacks
    .ofType("aws_iam_role_policy_attachment")
    .filter(({ attributes }) => String(attributes.policy_arn).endsWith(":policy/AmazonSSMManagedInstanceCore"))
    .flatMap((attachment) => referred(stacks, attachment, attachment.attributes.role, "aws_iam_role"));
  return stacks
    .ofType("aws_instance")
    .filter((machine) => rolesOfMachines(stacks, machine).some((role) => allowed.includes(role)))
    .map((machine) => ({ from: USER, to: endOf(machine), kind: "request" }));
}

function rolesOfMachines(stacks: SynthesizedStacks, machines: Resource): Resource[] {
  const templates = follow(stacks, [machines], "launch_template", "aws_launch_template");
  const profiles = follow(stacks, templates, "iam_instance_profile", "aws_iam_instance_profile");
  return follow(stacks, profiles, "role", "aws_iam_role");
}

const follow = (stacks: SynthesizedStacks, from: readonly Resource[], attribute: string, type: string): Resource[] =>
  from.flatMap((one) => referred(stacks, one, one.attributes[attribute], type));

/** What runs with which roles: a function, the tasks of a service, the machines of a group. */
function programsOf(stacks: SynthesizedStacks): { readonly program: Resource; readonly roles: readonly Resource[] }[] {
  return [
    ...stacks
      .ofType("aws_lambda_function")
      .map((program) => ({ program, roles: follow(stacks, [program], "role", "aws_iam_role") })),
    ...stacks.ofType("aws_ecs_service").map((program) => {
      const tasks = follow(stacks, [program], "task_definition", "aws_ecs_task_definition");
      const roles = ["task_role_arn", "execution_role_arn"].flatMap((role) =>
        follow(stacks, tasks, role, "aws_iam_role"),
      );
      return { program, roles };
    }),
    ...stacks.ofType("aws_autoscaling_group").map((program) => ({ program, roles: rolesOfMachines(stacks, program) })),
  ];
}

function statementsOf(stacks: SynthesizedStacks, roles: readonly Resource[]) {
  return stacks
    .ofType("aws_iam_role_policy")
    .filter((policy) =>
      referred(stacks, policy, policy.attributes.role, "aws_iam_role").some((role) => roles.includes(role)),
    )
    .flatMap((policy) =>
      v
        .parse(v.pipe(v.string(), v.parseJson(), policySchema), policy.attributes.policy)
        .Statement.filter(({ Effect }) => Effect === "Allow")
        .map(({ Action, Resource }) => ({ policy, actions: Action, resources: Resource })),
    );
}

const aliasesOf = (stacks: SynthesizedStacks, functions: readonly Resource[]): Resource[] =>
  stacks
    .ofType("aws_lambda_alias")
    .filter((alias) =>
      referred(stacks, alias, alias.attributes.function_name, "aws_lambda_function").some((one) =>
        functions.includes(one),
      ),
    );
