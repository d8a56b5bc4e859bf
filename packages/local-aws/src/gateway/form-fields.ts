import type { Call } from "./protocol.ts";

/** The fields of a request of the AWS query protocol, as sent. */
export type FormFields = Readonly<Record<string, string>>;

export type FormOperation = (fields: FormFields, call: Call) => unknown;

/** The prefixes of the members of a list: `<list>.1.`, `<list>.2.`, … */
export function memberPrefixes(fields: FormFields, list: string): string[] {
  const names = Object.keys(fields);
  const prefixes: string[] = [];
  for (
    let prefix = `${list}.1.`;
    names.some((name) => name.startsWith(prefix));
    prefix = `${list}.${prefixes.length + 1}.`
  ) {
    prefixes.push(prefix);
  }
  return prefixes;
}

/** The values of a list: `<list>.member.1`, `<list>.member.2`, … */
export function listMembers(fields: FormFields, list: string): string[] {
  const values: string[] = [];
  for (let number = 1; ; number += 1) {
    const value = fields[`${list}.member.${number}`];
    if (value === undefined) return values;
    values.push(value);
  }
}
