import type { Call } from "../../../gateway/protocol.ts";
import { arn } from "../../../runtime/account.ts";
import type { Target } from "../model.ts";

/** Form fields of the query protocol, unparsed. */
export type Form = Readonly<Record<string, string>>;

export type FormOperation = (input: Form, call: Call) => unknown;

/** The resource of actions that cannot be restricted to certain resources. */
export const ANY_RESOURCE = arn("elasticloadbalancing", "*");

/** The fields `<list>.member.1`, `<list>.member.2`, … */
export function members(input: Form, list: string): string[] {
  const values: string[] = [];
  for (let number = 1; ; number += 1) {
    const value = input[`${list}.member.${number}`];
    if (value === undefined) return values;
    values.push(value);
  }
}

export function targetsOf(input: Form): Target[] {
  const targets: Target[] = [];
  for (let number = 1; ; number += 1) {
    const id = input[`Targets.member.${number}.Id`];
    if (id === undefined) return targets;
    const port = input[`Targets.member.${number}.Port`];
    targets.push({ id, ...(port !== undefined && { port: Number(port) }) });
  }
}
