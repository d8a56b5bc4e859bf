import { text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";

export interface PolicyIdentifiers {
  /** Creates an ID with this prefix, for distributions and ETags. */
  newId(prefix: string): string;
  newPolicyId(): string;
}

/** A resource type for policies of one kind. */
export function policyHandler<Policy>(
  type: string,
  policies: Map<string, Policy>,
  parse: (attributes: Attributes) => Policy,
  { newId, newPolicyId }: PolicyIdentifiers,
): ResourceHandler {
  return {
    type,
    identity: ({ name }) => text(name),
    create: () => ({ id: newPolicyId(), etag: newId("E") }),
    update: () => ({ etag: newId("E") }),
    start: (attributes) => void policies.set(text(attributes.id), parse(attributes)),
    delete: ({ id }) => void policies.delete(text(id)),
  };
}
