import type { Attributes, Synthesized, SynthesizedStack } from "./synthesize.ts";

/** Attributes whose text is JSON. */
const JSON_ATTRIBUTES = new Set([
  "policy",
  "assume_role_policy",
  "redrive_policy",
  "redrive_allow_policy",
  "dashboard_body",
  "input",
  "format",
]);

/** Arguments that would put a secret's value into plan and state. */
const SECRET_ATTRIBUTES = new Set([
  "password",
  "master_password",
  "secret_string",
  "secret_binary",
  "auth_token",
  "passwords",
]);

/** What a token of cdktf looks like when it was computed with instead of passed on. */
const BROKEN_TOKEN = /TfToken\[|TFTOK|TOKEN\[|-1\.8+\d*e\+?30[0-9]|\[object |undefined|\bNaN\b/i;
const BROKEN_NUMBER = -1e300;

/** Long-lived AWS keys, private keys, and addresses with a password in them. */
const SECRET_VALUE = /\bAKIA[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY|:\/\/[^/\s:]+:[^@\s/]+@/;

const REFERENCE = /\b(data\.|ephemeral\.)?([a-z][a-z0-9]*_[a-z0-9_]+)\.([A-Za-z][\w-]*)(?:\.(\w+)(?:\.([\w-]+))?)?/g;

/** Everything wrong with the text of synthesized stacks that neither the compiler nor cdktf sees; a line each, none when all is well. */
export function problems({ stacks }: Synthesized): string[] {
  return Object.entries(stacks).flatMap(([name, stack]) => [
    ...strings(stack).flatMap(({ path, key, value }) =>
      [...textProblems(key, value), ...referenceProblems(value, stack, stacks), ...escapedProblems(value, stack)].map(
        (problem) => `${name} ${path}: ${problem}`,
      ),
    ),
    ...dependsOnProblems(stack).map((problem) => `${name}: ${problem}`),
    ...secretProblems(stack).map((problem) => `${name}: ${problem}`),
  ]);
}

interface Text {
  readonly path: string;
  readonly key: string;
  readonly value: string | number;
}

function strings(value: unknown, path = "", key = ""): Text[] {
  if (typeof value === "string" || typeof value === "number") return [{ path, key, value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .filter(([member]) => member !== "//")
    .flatMap(([member, inner]) => strings(inner, `${path}/${member}`, Array.isArray(value) ? key : member));
}

function textProblems(key: string, value: string | number): string[] {
  if (typeof value === "number") return value < BROKEN_NUMBER ? ["a number that is a token"] : [];
  const found: string[] = [];
  if (BROKEN_TOKEN.test(value)) found.push(`a broken token in ${value}`);
  if (SECRET_VALUE.test(value)) found.push("what looks like a secret");
  if (JSON_ATTRIBUTES.has(key) && !isJson(value)) found.push(`no JSON: ${value}`);
  return found;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text.replaceAll(/(?<!\$)\$\{[^}]*\}/g, "reference"));
    return true;
  } catch {
    return false;
  }
}

function referenceProblems(
  value: string | number,
  stack: SynthesizedStack,
  stacks: Readonly<Record<string, SynthesizedStack>>,
): string[] {
  if (typeof value === "number") return [];
  const expressions = [...value.matchAll(/(?<!\$)\$\{([^}]*)\}/g)].map(([, expression = ""]) => expression);
  return expressions
    .flatMap((expression) => [
      ...expression.replaceAll(/"[^"]*"/g, (text) => (text.includes("${") ? text : "")).matchAll(REFERENCE),
    ])
    .flatMap(([text, kind = "", type = "", name = "", member = "", output = ""]) => {
      const place = kind === "data." ? stack.data : kind === "ephemeral." ? stack.ephemeral : stack.resource;
      const target = place?.[type]?.[name];
      if (!target) return [`${text} is not in the stack`];
      if (type !== "terraform_remote_state") return [];
      if (member !== "outputs") return [`${text} is no output`];
      return outputProblems(text, target, output, stacks);
    });
}

/** A reference that somebody escaped on its way: Terraform would take it for text. */
function escapedProblems(value: string | number, { resource, data, ephemeral }: SynthesizedStack): string[] {
  if (typeof value === "number") return [];
  return [...value.matchAll(/\$\$\{([^}]*)\}/g)]
    .flatMap(([, expression = ""]) => [...expression.matchAll(REFERENCE)])
    .filter(([, , type = "", name = ""]) => [resource, data, ephemeral].some((place) => place?.[type]?.[name]))
    .map(([text]) => `the reference ${text} is escaped`);
}

function outputProblems(
  text: string,
  remoteState: Attributes,
  output: string,
  stacks: Readonly<Record<string, SynthesizedStack>>,
): string[] {
  const { key, bucket, use_path_style } = remoteState.config as Attributes;
  const producer = Object.values(stacks).find(({ terraform }) => terraform.backend.s3.key === key);
  if (!producer) return [`${text} is read from ${String(key)}, where no stack keeps its state`];
  const { s3 } = producer.terraform.backend;
  if (s3.bucket !== bucket || s3.use_path_style !== use_path_style) return [`${text} is read from another bucket`];
  return producer.output?.[output] ? [] : [`${text} is not declared by its stack`];
}

function dependsOnProblems({ resource }: SynthesizedStack): string[] {
  return Object.entries(resource).flatMap(([type, byName]) =>
    Object.entries(byName).flatMap(([name, { depends_on: dependsOn }]) =>
      ((dependsOn as string[] | undefined) ?? [])
        .filter((address) => {
          const [onType = "", onName = ""] = address.split(".");
          return !resource[onType]?.[onName];
        })
        .map((address) => `${type}.${name} depends on ${address}, which is not in the stack`),
    ),
  );
}

function secretProblems({ resource, output = {} }: SynthesizedStack): string[] {
  const written = Object.entries(resource).flatMap(([type, byName]) =>
    Object.entries(byName).flatMap(([name, attributes]) =>
      Object.keys(attributes)
        .filter((attribute) => SECRET_ATTRIBUTES.has(attribute))
        .map((attribute) => `${type}.${name} keeps ${attribute} in its state`),
    ),
  );
  const told = Object.entries(output)
    .filter(([, { value }]) => /ephemeral\.|random_password|secret_string|_wo\b/.test(JSON.stringify(value)))
    .map(([name]) => `the output ${name} tells a secret`);
  return [...written, ...told];
}
