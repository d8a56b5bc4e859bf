import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import * as v from "valibot";
import { type Grant, roles } from "./grants.ts";
import type { Credential, User } from "./user.ts";
import { parseUserName } from "./user-name.ts";

export type Item = Record<string, AttributeValue>;

const text = v.pipe(
  v.object({ S: v.string() }),
  v.transform(({ S }) => S),
);
const number = v.pipe(
  v.object({ N: v.string() }),
  v.transform(({ N }) => Number(N)),
);
const flag = v.pipe(
  v.object({ BOOL: v.boolean() }),
  v.transform(({ BOOL }) => BOOL),
);
const grants = v.pipe(
  v.object({
    L: v.array(v.object({ M: v.object({ role: v.pipe(text, v.picklist(roles)), prefix: text }) })),
  }),
  v.transform(({ L }): readonly Grant[] => L.map(({ M }) => M)),
);

const userItem = v.object({
  name: v.pipe(text, v.transform(parseUserName)),
  state: v.pipe(text, v.picklist(["active", "disabled"])),
  grants,
  createdAt: number,
  passwordHash: v.optional(text),
  passwordChangedAt: v.optional(number),
  passwordFromSecret: v.optional(flag),
});

const credentialItem = v.object({
  hash: text,
  kind: v.pipe(text, v.picklist(["key", "session"])),
  id: text,
  user: text,
  name: v.optional(text),
  grants: v.optional(grants),
  createdAt: number,
  expiresAt: v.optional(number),
  signedInAt: v.optional(number),
});

/** @throws TypeError when the item does not have the expected form */
export const toUser = (item: Item): User => parse(userItem, item) as User;

export const fromUser = ({ grants, ...user }: User): Item => ({ ...fromFields(user), grants: fromGrants(grants) });

/** @throws TypeError when the item does not have the expected form */
export function toCredential(item: Item): Credential {
  const credential = parse(credentialItem, item) as Credential;
  const { expiresAt } = credential;
  return expiresAt === undefined ? credential : { ...credential, expiresAt: expiresAt * 1_000 };
}

/** `expiresAt` is in seconds, which the deletion of expired items (TTL) requires. */
export const fromCredential = ({ grants, expiresAt, ...credential }: Credential): Item => ({
  ...fromFields(credential),
  ...(grants && { grants: fromGrants(grants) }),
  ...(expiresAt !== undefined && { expiresAt: { N: String(Math.floor(expiresAt / 1_000)) } }),
});

function parse<Schema extends v.GenericSchema>(schema: Schema, item: Item): v.InferOutput<Schema> {
  const parsed = v.safeParse(schema, item);
  // The issues quote the item, which contains the hash of a password.
  if (!parsed.success) throw new TypeError("The table contains an item of an unexpected form");
  return parsed.output;
}

function fromFields(fields: Readonly<Record<string, string | number | boolean | undefined>>): Item {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, toAttribute(value)]));
}

function toAttribute(value: string | number | boolean | undefined): AttributeValue {
  if (typeof value === "boolean") return { BOOL: value };
  return typeof value === "number" ? { N: String(value) } : { S: String(value) };
}

const fromGrants = (list: readonly Grant[]): AttributeValue => ({
  L: list.map(({ role, prefix }) => ({ M: { role: { S: role }, prefix: { S: prefix } } })),
});
