import type { Call } from "../../../gateway/protocol.ts";
import type { Secret } from "../secret.ts";
import { secretDescription, stagesByVersion } from "../secret-description.ts";
import type { SecretsManagerContext } from "./context.ts";

interface Input {
  readonly Filters?: readonly { readonly Key?: string; readonly Values?: readonly string[] }[];
  readonly IncludePlannedDeletion?: boolean;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

export const listSecrets =
  ({ store }: SecretsManagerContext) =>
  ({ Filters = [], IncludePlannedDeletion = false, MaxResults = 100, NextToken = "0" }: Input, call: Call): object => {
    call.authorize("secretsmanager:ListSecrets", "*");
    const secrets = store
      .all()
      .filter(({ deletionAt }) => IncludePlannedDeletion || deletionAt === undefined)
      .filter((secret) => Filters.every(({ Key = "all", Values = [] }) => matches(secret, Key, Values)));
    const start = Number(NextToken);
    const end = start + MaxResults;
    return {
      SecretList: secrets
        .slice(start, end)
        .map((secret) => ({ ...secretDescription(secret), SecretVersionsToStages: stagesByVersion(secret) })),
      NextToken: end < secrets.length ? String(end) : undefined,
    };
  };

/** A value matches the start of a field; with a leading `!` it matches what does not start with it. */
function matches({ name, description, tags, owningService = "" }: Secret, key: string, values: readonly string[]) {
  const fields: Readonly<Record<string, readonly string[]>> = {
    name: [name],
    description: [description],
    "tag-key": Object.keys(tags),
    "tag-value": Object.values(tags),
    "owning-service": [owningService],
    all: [name, description, ...Object.keys(tags), ...Object.values(tags)],
  };
  const isPrefix = (value: string) => (fields[key] ?? []).some((field) => field.startsWith(value));
  return values.some((value) => (value.startsWith("!") ? !isPrefix(value.slice(1)) : isPrefix(value)));
}
