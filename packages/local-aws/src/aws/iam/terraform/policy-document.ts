import { createHash } from "node:crypto";
import type { Attributes, DataSourceHandler } from "../../../provider/resource-handler.ts";

/** Renders Terraform's statement blocks as a policy document in JSON. */
export const policyDocumentDataSource: DataSourceHandler = {
  type: "aws_iam_policy_document",
  read(config) {
    const document = {
      Version: config.version ?? "2012-10-17",
      ...(config.policy_id ? { Id: config.policy_id } : {}),
      Statement: [
        ...statementsOf(config.source_policy_documents),
        ...blocks(config.statement).map(toStatement),
        ...statementsOf(config.override_policy_documents),
      ],
    };
    const json = JSON.stringify(document, null, 2);
    return {
      json,
      minified_json: JSON.stringify(document),
      id: createHash("sha256").update(json).digest("hex").slice(0, 10),
    };
  },
};

function toStatement(block: Attributes): object {
  return {
    ...(block.sid ? { Sid: block.sid } : {}),
    Effect: block.effect ?? "Allow",
    ...member("Action", block.actions),
    ...member("NotAction", block.not_actions),
    ...member("Resource", block.resources),
    ...member("NotResource", block.not_resources),
    ...principals("Principal", block.principals),
    ...principals("NotPrincipal", block.not_principals),
    ...conditions(block.condition),
  };
}

function principals(name: string, value: unknown): object {
  const principalBlocks = blocks(value);
  if (principalBlocks.length === 0) return {};
  const [first] = principalBlocks;
  if (first?.type === "*") return { [name]: "*" };
  return {
    [name]: Object.fromEntries(principalBlocks.map(({ type, identifiers }) => [String(type), oneOrMany(identifiers)])),
  };
}

function conditions(value: unknown): object {
  const tests: Record<string, Record<string, unknown>> = {};
  for (const { test, variable, values } of blocks(value)) {
    tests[String(test)] = { ...tests[String(test)], [String(variable)]: oneOrMany(values) };
  }
  return Object.keys(tests).length === 0 ? {} : { Condition: tests };
}

function statementsOf(documents: unknown): object[] {
  return ((documents ?? []) as string[]).flatMap((text) => (JSON.parse(text) as { Statement: object[] }).Statement);
}

function member(name: string, values: unknown): object {
  return Array.isArray(values) && values.length > 0 ? { [name]: oneOrMany(values) } : {};
}

/** As hashicorp/aws: a single value without a list, several values in descending order. */
function oneOrMany(values: unknown): unknown {
  const list = [...((values ?? []) as string[])].sort().reverse();
  return list.length === 1 ? list[0] : list;
}

function blocks(value: unknown): Attributes[] {
  return (value ?? []) as Attributes[];
}
