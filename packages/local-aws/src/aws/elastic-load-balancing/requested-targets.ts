import { type FormFields, memberPrefixes } from "../../gateway/form-fields.ts";
import type { Target } from "./target.ts";

/** The targets that a request names. */
export function requestedTargets(input: FormFields): Target[] {
  return memberPrefixes(input, "Targets.member").map((prefix) => {
    const port = input[`${prefix}Port`];
    return { id: input[`${prefix}Id`] ?? "", ...(port !== undefined && { port: Number(port) }) };
  });
}
