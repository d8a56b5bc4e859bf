import { type Attributes, type SynthesizedStack, statements } from "../synthesize.ts";

/** A resource in a stack. */
export interface Located {
  readonly stack: SynthesizedStack;
  readonly type: string;
  readonly name: string;
  readonly attributes: Attributes;
}

/** What checkov, trivy, cdk-nag and AWS's Foundational Security Best Practices agree to want of a type of resource. */
export interface Rule {
  /** The ids under which the checkers know it. */
  readonly ids: string;
  readonly type: string;
  readonly wants: string;
  holds(resource: Located): boolean;
  /** Ways to break it, each of which it must notice. */
  readonly mutations: readonly ((resource: Located) => void)[];
}

type Path = readonly (string | number)[];

/** Wants an argument to be so; it must notice when the argument is gone, and when it is `wrong`. */
export function argument(
  ids: string,
  type: string,
  path: string,
  right: string | boolean | ((value: unknown) => boolean),
  wrong: unknown,
): Rule {
  const isRight = typeof right === "function" ? right : (value: unknown) => value === right;
  const keys = path.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  return {
    ids,
    type,
    wants: `${path} is ${typeof right === "function" ? "right" : JSON.stringify(right)}`,
    holds: ({ attributes }) => isRight(get(attributes, keys)),
    mutations: [wrong, undefined]
      .filter((value) => !isRight(value))
      .map(
        (value) =>
          ({ attributes }: Located) =>
            set(attributes, keys, value),
      ),
  };
}

/** Wants another resource beside it that names it by `link` and satisfies `right`. */
export function companion(
  ids: string,
  type: string,
  companionType: string,
  link: string,
  right: (attributes: Attributes) => boolean = () => true,
  spoil?: (attributes: Attributes) => void,
): Rule {
  const companions = ({ stack, type, name }: Located): [string, Attributes][] =>
    Object.entries(stack.resource[companionType] ?? {}).filter(([, attributes]) =>
      String(attributes[link]).startsWith(`\${${type}.${name}.`),
    );
  return {
    ids,
    type,
    wants: `has its ${companionType}`,
    holds: (resource) => companions(resource).some(([, attributes]) => right(attributes)),
    mutations: [
      (resource) => {
        for (const [name] of companions(resource)) delete resource.stack.resource[companionType]?.[name];
      },
      ...(spoil === undefined
        ? []
        : [
            (resource: Located) => {
              for (const [, attributes] of companions(resource)) spoil(attributes);
            },
          ]),
    ],
  };
}

/** Wants every statement of a policy to be so; it must notice one that is `wrong`. */
export function everyStatement(
  ids: string,
  type: string,
  attribute: string,
  wants: string,
  right: (statement: Attributes) => boolean,
  wrong: Attributes,
): Rule {
  return {
    ids,
    type,
    wants,
    holds: ({ attributes }) => attributes[attribute] === undefined || statements(attributes[attribute]).every(right),
    mutations: [
      ({ attributes }) => {
        const all = statements(attributes[attribute] ?? '{"Statement":[]}');
        attributes[attribute] = JSON.stringify({ Version: "2012-10-17", Statement: [...all, wrong] });
      },
    ],
  };
}

/** Whether a policy refuses what does not come by TLS. */
export function refusesPlainHttp({ policy }: Attributes): boolean {
  return statements(policy).some(
    ({ Effect, Condition }) => Effect === "Deny" && get(Condition, ["Bool", "aws:SecureTransport"]) === "false",
  );
}

/** A policy that refuses nothing. */
export const allowsPlainHttp = (attributes: Attributes): void => {
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
