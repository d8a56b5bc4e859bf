import type { ResourceRecord } from "../../provider/records.ts";
import type { Attributes } from "../../provider/resource-handler.ts";
import type { Block, Schema } from "../../provider/schema.ts";
import { AwsError } from "../../runtime/error.ts";
import type { DashboardSources } from "../sources.ts";
import type { ResourcesView, ResourceView } from "../views.ts";
import { matches, type Page } from "./page.ts";
import { addressOf, recordKeyOf, type States } from "./states.ts";

const MAX_RESOURCES = 500;
const MASK = "(sensitive)";

interface Owner {
  readonly stack: string;
  readonly address: string;
}

/** Everything that exists, from the records of the local provider, with the stack that declares it. */
export function resourcesPage(
  { records, schemas }: Pick<DashboardSources, "records" | "schemas">,
  states: States,
): Page<ResourcesView> {
  return {
    async read(query) {
      const owners = await ownersByKey(states);
      const all = records.all();
      const views = all.map((record) => ({ record, view: resourceView(record, owners.get(record.key)) }));
      const matching = views.filter(
        ({ record, view }) =>
          isChosen(query.get("type"), view.type) &&
          isChosen(query.get("stack"), view.stack) &&
          matches(query.get("q"), view.type, view.name, view.id, view.address, textOf(record, schemas[record.type])),
      );
      const key = query.get("resource");
      return {
        types: countBy(all),
        stacks: [...new Set([...owners.values()].map(({ stack }) => stack))].sort(),
        total: all.length,
        matching: matching.length,
        resources: matching.slice(0, MAX_RESOURCES).map(({ view }) => view),
        selected: key === null ? undefined : detailView(find(views, key), schemas),
      };
    },
  };
}

/** Which stack declares the resource of a record. */
async function ownersByKey(states: States): Promise<Map<string, Owner>> {
  const owners = new Map<string, Owner>();
  for (const { name: stack, state } of await states.current()) {
    for (const resource of state.resources ?? []) {
      for (const instance of resource.instances) {
        const key = resource.mode === "managed" ? recordKeyOf(instance) : undefined;
        if (key !== undefined) owners.set(key, { stack, address: addressOf(resource, instance) });
      }
    }
  }
  return owners;
}

function resourceView({ key, type, attributes }: ResourceRecord, owner: Owner | undefined): ResourceView {
  const id = String(attributes.id ?? attributes.arn ?? "");
  return { key, type, id, name: nameOf(attributes) || id, stack: owner?.stack, address: owner?.address };
}

/** What a person calls it. Many types have no name, but a tag with it, or the name of what they belong to. */
function nameOf(attributes: Attributes): string {
  const { Name: tag } = (attributes.tags_all ?? {}) as Record<string, unknown>;
  const candidates = [
    ...[attributes.name, attributes.function_name, attributes.bucket, attributes.identifier, attributes.family],
    ...[attributes.domain_name, attributes.alarm_name, attributes.cluster_id, tag, attributes.description],
  ];
  const name = candidates.find((candidate) => typeof candidate === "string" && candidate !== "");
  return typeof name === "string" ? name : "";
}

function find<T extends { readonly record: ResourceRecord }>(views: readonly T[], key: string): T {
  const found = views.find(({ record }) => record.key === key);
  if (!found) throw new AwsError("NotFound", "The resource no longer exists.", 404);
  return found;
}

function detailView(
  { record, view }: { readonly record: ResourceRecord; readonly view: ResourceView },
  schemas: Readonly<Record<string, Schema>>,
): ResourcesView["selected"] {
  return { ...view, attributes: withoutSecrets(record.attributes, schemas[record.type]?.block) };
}

/** The attributes without those that the provider declares sensitive. Absent ones are left out. */
export function withoutSecrets(attributes: Attributes, block: Block = {}): Attributes {
  const { attributes: declared = {}, block_types: nested = {} } = block;
  const shown = (name: string, value: unknown): unknown => {
    if (declared[name]?.sensitive) return MASK;
    const inner = nested[name]?.block;
    if (!inner || !Array.isArray(value)) return value;
    return value.map((element) => (isObject(element) ? withoutSecrets(element, inner) : element));
  };
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([, value]) => value !== null && value !== "" && !(Array.isArray(value) && value.length === 0))
      .map(([name, value]) => [name, shown(name, value)]),
  );
}

function textOf(record: ResourceRecord, schema: Schema | undefined): string {
  return JSON.stringify(withoutSecrets(record.attributes, schema?.block));
}

function isObject(value: unknown): value is Attributes {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isChosen(chosen: string | null, value: string | undefined): boolean {
  return chosen === null || chosen === "" || chosen === value;
}

function countBy(records: readonly ResourceRecord[]): ResourcesView["types"] {
  const byType = Map.groupBy(records, ({ type }) => type);
  return [...byType].map(([type, { length: count }]) => ({ type, count })).sort((a, b) => a.type.localeCompare(b.type));
}
