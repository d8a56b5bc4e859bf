import { ACCOUNT_ID, REGION } from "../runtime/account.ts";
import type { Attributes, IdentifierFormats } from "./resource-handler.ts";

/** Arguments by which AWS names a resource, in the order in which they become its ID. */
const NAMING_ARGUMENTS = [
  "name",
  "identifier",
  "cluster_identifier",
  "bucket",
  "function_name",
  "alarm_name",
  "dashboard_name",
  "user_group_id",
  "user_id",
  "replication_group_id",
  "policy_name",
  "group_name",
  "family",
  "queue_url",
  "role",
];

/** Id prefixes of computed attributes that refer to another resource, by the end of the attribute's name. */
const RELATED_IDS: readonly (readonly [RegExp, string])[] = [
  [/security_group_id$/, "sg"],
  [/route_table_id$/, "rtb"],
  [/network_acl_id$/, "acl"],
  [/network_interface_id$/, "eni"],
  [/^association_id$/, "eipassoc"],
  [/dhcp_options_id$/, "dopt"],
  [/vpc_id$/, "vpc"],
  [/subnet_id$/, "subnet"],
];

/**
 * Generates the values that AWS computes, for attributes that no handler sets: in the format of AWS, and unique where
 * AWS's are.
 */
export class Identifiers {
  readonly #randomHex: (digits: number) => string;
  readonly #now: () => number;

  constructor(randomHex: (digits: number) => string, now: () => number) {
    this.#randomHex = randomHex;
    this.#now = now;
  }

  /**
   * Id, ARN, name and other values of its type that a new resource has. `known` contains the planned values and those
   * that the handler returned; only missing values are generated. A name that is generated for `name_prefix` starts
   * with it.
   */
  identity(
    type: string,
    formats: IdentifierFormats,
    known: Attributes,
    hasAttribute: (name: string) => boolean,
  ): Attributes {
    const name = text(known.name) ?? `${text(known.name_prefix) ?? "terraform-"}${this.#timestamp()}`;
    const ownId = text(known.id) ?? this.#id(type, formats, { ...known, ...(hasAttribute("name") ? { name } : {}) });
    const arn = text(known.arn) ?? this.#arn(type, formats, { path: "/", ...present(known), name, id: ownId });
    const id = text(known.id) ?? (formats.arnIsId ? arn : ownId);
    return { ...this.#computed(formats, { ...known, id, arn }), id, arn, name };
  }

  #computed(formats: IdentifierFormats, known: Attributes): Attributes {
    const fill = (_: string, name: string) =>
      name === "RANDOM" ? this.#randomHex(16).toUpperCase() : (text(known[name]) ?? "");
    const values = Object.entries(formats.computed ?? {});
    // The fields of a flow log format, `${…}`, are not placeholders.
    return Object.fromEntries(
      values.map(([name, value]) => [
        name,
        typeof value === "string" ? value.replace(/(?<!\$)\{(\w+)\}/g, fill) : value,
      ]),
    );
  }

  /** A computed attribute by its name and type; undefined, which becomes null, when there is no rule. */
  attribute(name: string, type: unknown): unknown {
    if (type === "bool") return false;
    if (type === "number") return 0;
    if (Array.isArray(type)) return type[0] === "object" ? undefined : type[0] === "map" ? {} : [];
    if (type !== "string") return undefined;
    if (/^(owner_id|account_id|registry_id|catalog_id)$/.test(name)) return ACCOUNT_ID;
    if (name === "region") return REGION;
    if (/(_date|_time|_at|last_modified)$/.test(name)) return new Date(this.#now()).toISOString();
    const related = RELATED_IDS.find(([pattern]) => pattern.test(name));
    if (related) return `${related[1]}-${this.#randomHex(17)}`;
    if (/(dns_name|domain_name)$/.test(name)) return `${this.#randomHex(12)}.localhost`;
    if (/(^|_)ip$/.test(name)) return "127.0.0.1";
    return "";
  }

  #id(type: string, formats: IdentifierFormats, known: Attributes): string {
    if (typeof formats.id === "function") return formats.id(known, this.#randomHex);
    if (formats.id !== undefined) return `${formats.id}-${this.#randomHex(17)}`;
    const named = NAMING_ARGUMENTS.map((argument) => text(known[argument])).find((value) => value !== undefined);
    return named ?? `${type.replace(/^aws_/, "").replaceAll("_", "-")}-${this.#randomHex(17)}`;
  }

  #arn(type: string, formats: IdentifierFormats, known: Attributes): string {
    const service = type.split("_")[1] ?? "";
    const pattern = formats.arn ?? `${service}:*:${type.replace(/^aws_[^_]+_/, "").replaceAll("_", "-")}/{id}`;
    const filled = pattern
      .replace(":*:", `:${REGION}:${ACCOUNT_ID}:`)
      .replace("::@:", `::${ACCOUNT_ID}:`)
      .replace(/\{(\w+)\}/g, (_, name: string) => text(known[name]) ?? this.#randomHex(16));
    return `arn:aws:${filled}`;
  }

  /**
   * The format of Terraform for a unique suffix: the time to the tenth of a millisecond, and a counter, for which this
   * implementation uses random digits.
   */
  #timestamp(): string {
    return `${new Date(this.#now()).toISOString().replace(/\D/g, "")}${this.#randomHex(9)}`;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : undefined;
}

function present(values: Attributes): Attributes {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => text(value) !== undefined));
}

/** 32 hexadecimal digits as a UUID. */
export function uuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}
