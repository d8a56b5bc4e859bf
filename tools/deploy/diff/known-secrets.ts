import type { PlanJson, ResourceChange } from "../plan/changes.ts";

/** @returns whether a text that is not marked as sensitive contains a value that is marked elsewhere. */
export type IsSecret = (text: string) => boolean;

/** Shorter values, such as a user's name or a number of a port, may occur anywhere. */
const MIN_CHARACTERS = 8;

/**
 * Collects every sensitive text of a plan. A provider loses the mark when it copies a value into a computed attribute
 * (the `output` of `terraform_data` is an example), and Terraform prints it then; here it is masked there too.
 */
export function knownSecrets({ resource_changes = [], resource_drift = [], output_changes = {} }: PlanJson): IsSecret {
  const changes: readonly Partial<ResourceChange["change"]>[] = [
    ...[...resource_changes, ...resource_drift].map(({ change }) => change),
    ...Object.values(output_changes),
  ];
  const secrets = new Set<string>();
  for (const { before, after, before_sensitive, after_sensitive } of changes) {
    collect(before, before_sensitive, secrets);
    collect(after, after_sensitive, secrets);
  }
  // In a JSON document, a secret is escaped.
  const forms = [...secrets].flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  const unique = [...new Set(forms)];
  return (text) => unique.some((secret) => text.includes(secret));
}

function collect(raw: unknown, marks: unknown, secrets: Set<string>): void {
  if (marks === true && typeof raw === "string") {
    if (raw.length >= MIN_CHARACTERS) secrets.add(raw);
  } else if (typeof raw === "object" && raw !== null && marks) {
    for (const [name, value] of Object.entries(raw)) {
      collect(value, marks === true || (marks as Readonly<Record<string, unknown>>)[name], secrets);
    }
  }
}
