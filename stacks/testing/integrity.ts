import type { Attributes, Synthesized, SynthesizedStack } from "./synthesize.ts";

/** Attributes that contain JSON. */
const JSON_ATTRIBUTES = new Set([
  "policy",
  "assume_role_policy",
  "redrive_policy",
  "redrive_allow_policy",
  "dashboard_body",
  "input",
  "format",
]);

/** Arguments that would store the value of a secret in the plan and the state. */
const SECRET_ATTRIBUTES = new Set([
  "password",
  "master_password",
  "secret_string",
  "secret_binary",
  "auth_token",
  "passwords",
]);

/** The results of computations with an unresolved cdktf token. */
const BROKEN_TOKEN = /TfToken\[|TFTOK|TOKEN\[|-1\.8+\d*e\+?30[0-9]|\[object |undefined|\bNaN\b/i;
const BROKEN_NUMBER = -1e300;

/** Access keys of IAM users, private keys, and URLs with a password. */
const SECRET_VALUE = /\bAKIA[0-9A-Z]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY|:\/\/[^/\s:]+:[^@\s/]+@/;

const REFERENCE = /\b(data\.|ephemeral\.)?([a-z][a-z0-9]*_[a-z0-9_]+)\.([A-Za-z][\w-]*)(?:\.(\w+)(?:\.([\w-]+))?)?/g;

/** Problems of synthesized stacks that neither the compiler nor cdktf reports, one line each. */
export function integrityProblems({ stacks }: Synthesized): string[] {
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
  if (typeof value === "number") return value < BROKEN_NUMBER ? ["the number is an unresolved token"] : [];
  const found: string[] = [];
  if (BROKEN_TOKEN.test(value)) found.push(`unresolved token in ${value}`);
  if (SECRET_VALUE.test(value)) found.push("the value looks like a secret");
  if (JSON_ATTRIBUTES.has(key) && !isJson(value)) found.push(`invalid JSON: ${value}`);
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
      const section = kind === "data." ? stack.data : kind === "ephemeral." ? stack.ephemeral : stack.resource;
      const target = section?.[type]?.[name];
      if (!target) return [`${text} is not in the stack`];
      if (type !== "terraform_remote_state") return [];
      if (member !== "outputs") return [`${text} is not an output`];
      return outputProblems(text, target, output, stacks);
    });
}

/** A reference that was escaped by mistake, which Terraform would not resolve. */
function escapedProblems(value: string | number, { resource, data, ephemeral }: SynthesizedStack): string[] {
  if (typeof value === "number") return [];
  return [...value.matchAll(/\$\$\{([^}]*)\}/g)]
    .flatMap(([, expression = ""]) => [...expression.matchAll(REFERENCE)])
    .filter(([, , type = "", name = ""]) => [resource, data, ephemeral].some((section) => section?.[type]?.[name]))
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
  if (!producer) return [`${text} is read from ${String(key)}, which is not the state of any stack`];
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
  const stored = Object.entries(resource).flatMap(([type, byName]) =>
    Object.entries(byName).flatMap(([name, attributes]) =>
      Object.keys(attributes)
        .filter((attribute) => SECRET_ATTRIBUTES.has(attribute))
        .map((attribute) => `${type}.${name} stores ${attribute} in its state`),
    ),
  );
  const published = Object.entries(output)
    .filter(([, { value }]) => /ephemeral\.|random_password|secret_string|_wo\b/.test(JSON.stringify(value)))
    .map(([name]) => `the output ${name} contains a secret`);
  return [...stored, ...published];
}
