import { createHash } from "node:crypto";
import type { Attributes, DataSourceHandler } from "../../provider/resource.ts";

/** `aws_iam_policy_document`: statements in Terraform's words, as the JSON that IAM reads. */
export const policyDocument: DataSourceHandler = {
  type: "aws_iam_policy_document",
  read(config) {
    const document = {
      Version: config.version ?? "2012-10-17",
      ...(config.policy_id ? { Id: config.policy_id } : {}),
      Statement: [
        ...merged(config.source_policy_documents),
        ...blocks(config.statement).map(statement),
        ...merged(config.override_policy_documents),
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

function statement(block: Attributes): object {
  return {
    ...(block.sid ? { Sid: block.sid } : {}),
    Effect: block.effect ?? "Allow",
    ...unlessEmpty("Action", block.actions),
    ...unlessEmpty("NotAction", block.not_actions),
    ...unlessEmpty("Resource", block.resources),
    ...unlessEmpty("NotResource", block.not_resources),
    ...principals("Principal", block.principals),
    ...principals("NotPrincipal", block.not_principals),
    ...conditions(block.condition),
  };
}

function principals(name: string, value: unknown): object {
  const given = blocks(value);
  if (given.length === 0) return {};
  const [first] = given;
  if (first?.type === "*") return { [name]: "*" };
  return { [name]: Object.fromEntries(given.map(({ type, identifiers }) => [String(type), single(identifiers)])) };
}

function conditions(value: unknown): object {
  const tests: Record<string, Record<string, unknown>> = {};
  for (const { test, variable, values } of blocks(value)) {
    tests[String(test)] = { ...tests[String(test)], [String(variable)]: single(values) };
  }
  return Object.keys(tests).length === 0 ? {} : { Condition: tests };
}

function merged(documents: unknown): object[] {
  return ((documents ?? []) as string[]).flatMap((text) => (JSON.parse(text) as { Statement: object[] }).Statement);
}

function unlessEmpty(name: string, values: unknown): object {
  return Array.isArray(values) && values.length > 0 ? { [name]: single(values) } : {};
}

/** The provider writes a list of one as its element and sorts the others. */
function single(values: unknown): unknown {
  const list = [...((values ?? []) as string[])].sort().reverse();
  return list.length === 1 ? list[0] : list;
}

function blocks(value: unknown): Attributes[] {
  return (value ?? []) as Attributes[];
}
