import { type Attributes, type SynthesizedStack, statements } from "../synthesize.ts";

/** A resource of a stack. */
export interface LocatedResource {
  readonly stack: SynthesizedStack;
  readonly type: string;
  readonly name: string;
  readonly attributes: Attributes;
}

/** A rule of checkov, trivy, cdk-nag or the AWS Foundational Security Best Practices for a resource type. */
export interface Rule {
  /** The IDs of the rule in these tools, separated by commas. */
  readonly ids: string;
  readonly type: string;
  readonly requirement: string;
  isMet(resource: LocatedResource): boolean;
  /** Changes after which the rule must not be met. */
  readonly mutations: readonly ((resource: LocatedResource) => void)[];
}

type Path = readonly (string | number)[];

/**
 * Requires a value of an argument. The mutations remove the argument and set it to `invalid`.
 *
 * @param path of the argument, separated by dots.
 * @param valid the valid value, or whether a value is valid.
 */
export function argument(
  ids: string,
  type: string,
  path: string,
  valid: string | boolean | ((value: unknown) => boolean),
  invalid: unknown,
): Rule {
  const isValid = typeof valid === "function" ? valid : (value: unknown) => value === valid;
  const keys = path.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  return {
    ids,
    type,
    requirement: `${path} is ${typeof valid === "function" ? "valid" : JSON.stringify(valid)}`,
    isMet: ({ attributes }) => isValid(get(attributes, keys)),
    mutations: [invalid, undefined]
      .filter((value) => !isValid(value))
      .map(
        (value) =>
          ({ attributes }: LocatedResource) =>
            set(attributes, keys, value),
      ),
  };
}

/**
 * Requires a companion resource. The mutations remove the companion and, with `invalidate`, change it.
 *
 * @param link the argument of the companion that refers to the resource.
 * @param isValid whether a companion is valid.
 */
export function companion(
  ids: string,
  type: string,
  companionType: string,
  link: string,
  isValid: (attributes: Attributes) => boolean = () => true,
  invalidate?: (attributes: Attributes) => void,
): Rule {
  const companions = ({ stack, type, name }: LocatedResource): [string, Attributes][] =>
    Object.entries(stack.resource[companionType] ?? {}).filter(([, attributes]) =>
      String(attributes[link]).startsWith(`\${${type}.${name}.`),
    );
  return {
    ids,
    type,
    requirement: `has a valid ${companionType}`,
    isMet: (resource) => companions(resource).some(([, attributes]) => isValid(attributes)),
    mutations: [
      (resource) => {
        for (const [name] of companions(resource)) delete resource.stack.resource[companionType]?.[name];
      },
      ...(invalidate === undefined
        ? []
        : [
            (resource: LocatedResource) => {
              for (const [, attributes] of companions(resource)) invalidate(attributes);
            },
          ]),
    ],
  };
}

/**
 * Requires that every statement of a policy is valid. The mutation adds the statement `invalid`.
 *
 * @param attribute the argument that contains the JSON of the policy.
 */
export function everyStatement(
  ids: string,
  type: string,
  attribute: string,
  requirement: string,
  isValid: (statement: Attributes) => boolean,
  invalid: Attributes,
): Rule {
  return {
    ids,
    type,
    requirement,
    isMet: ({ attributes }) => attributes[attribute] === undefined || statements(attributes[attribute]).every(isValid),
    mutations: [
      ({ attributes }) => {
        const all = statements(attributes[attribute] ?? '{"Statement":[]}');
        attributes[attribute] = JSON.stringify({ Version: "2012-10-17", Statement: [...all, invalid] });
      },
    ],
  };
}

/** Whether a policy denies requests without TLS. */
export function deniesPlainHttp({ policy }: Attributes): boolean {
  return statements(policy).some(
    ({ Effect, Condition }) => Effect === "Deny" && get(Condition, ["Bool", "aws:SecureTransport"]) === "false",
  );
}

/** Removes all statements of a policy. */
export const allowPlainHttp = (attributes: Attributes): void => {
  attributes.policy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
};

export function get(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown> | undefined)?.[key], value);
}

function set(value: Attributes, path: Path, to: unknown): void {
  const [last = "", ...before] = path.toReversed();
  const parent = get(value, before.toReversed()) as Record<string | number, unknown> | undefined;
  if (parent) parent[last] = to;
}
