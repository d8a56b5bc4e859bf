import { unsupported } from "../../runtime/error.ts";
import type { Table } from "../glue/catalog.ts";

/** A place in a bucket. */
export interface Location {
  readonly bucket: string;
  readonly prefix: string;
}

/** An object of a table, with the values of its partition in the order of the partition keys. */
export interface TableFile {
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  readonly partition: readonly string[];
}

/** The keys below a location that belong to a table. */
export interface TableLayout {
  readonly location: Location;
  /** The values of the partition of a key; undefined when no partition of the table contains it. */
  partitionOf(key: string): readonly string[] | undefined;
}

const HOUR_MS = 3_600_000;
const UNITS_MS: Readonly<Record<string, number>> = {
  SECOND: 1_000,
  MINUTE: 60_000,
  HOUR: HOUR_MS,
  DAY: 24 * HOUR_MS,
  WEEK: 7 * 24 * HOUR_MS,
};

/**
 * Where the objects of a table are: those below its location, or those in its projected partitions.
 * https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
 *
 * @param now for ranges of dates that end with `NOW`.
 * @throws AwsError when the table has partitions in the Data Catalog, or a projection that is not supported.
 */
export function tableLayout(table: Table, now: number): TableLayout {
  const { partitionKeys, parameters } = table;
  if (partitionKeys.length === 0) {
    const location = parseLocation(table.location);
    return { location, partitionOf: () => [] };
  }
  if (parameters["projection.enabled"]?.toLowerCase() !== "true")
    throw notSupported("partitions that are not projected");
  const template = parameters["storage.location.template"] ?? defaultTemplate(table);
  const { bucket, prefix } = parseLocation(template);
  const columns = partitionKeys.map(({ name }) => ({ name, ...projection(parameters, name, now) }));
  const pattern = prefix.replace(/\$\{(\w+)\}|[\\^$.*+?()[\]{}|]/g, (match, name: string | undefined) => {
    const column = columns.find((candidate) => candidate.name === name?.toLowerCase());
    return column ? `(?<${column.name}>${column.pattern})` : `\\${match}`;
  });
  const expression = new RegExp(`^${pattern}${pattern.endsWith("/") ? "" : "/"}`);
  return {
    location: { bucket, prefix: prefix.split("${")[0] ?? "" },
    partitionOf(key) {
      const groups = expression.exec(key)?.groups;
      if (!groups) return undefined;
      const values = columns.map(({ name }) => groups[name] ?? "");
      return columns.every(({ includes }, index) => includes(values[index] ?? "")) ? values : undefined;
    },
  };
}

/** @throws AwsError for a location that is not in a bucket. */
export function parseLocation(location: string): Location {
  const [, bucket, prefix = ""] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(location) ?? [];
  if (bucket === undefined) throw notSupported(`the location "${location}"`);
  return { bucket, prefix };
}

function defaultTemplate({ location, partitionKeys }: Table): string {
  const path = partitionKeys.map(({ name }) => `${name}=\${${name}}/`).join("");
  return `${location.replace(/\/?$/, "/")}${path}`;
}

interface ColumnProjection {
  readonly pattern: string;
  includes(value: string): boolean;
}

function projection(parameters: Table["parameters"], name: string, now: number): ColumnProjection {
  const setting = (key: string) => parameters[`projection.${name}.${key}`] ?? "";
  switch (setting("type").toLowerCase()) {
    case "enum": {
      const values = setting("values")
        .split(",")
        .map((value) => value.trim());
      return { pattern: "[^/]+", includes: (value) => values.includes(value) };
    }
    case "integer": {
      const [from = 0, to = 0] = setting("range").split(",").map(Number);
      const digits = setting("digits");
      return {
        pattern: digits === "" ? "-?\\d+" : `\\d{${digits}}`,
        includes: (value) => Number(value) >= from && Number(value) <= to,
      };
    }
    case "date":
      return dateProjection(setting("format"), setting("range"), now);
    default:
      throw notSupported(`the projection type "${setting("type")}" of the column ${name}`);
  }
}

/** Formats whose parts are in descending order, so that texts compare as times do. */
function dateProjection(format: string, range: string, now: number): ColumnProjection {
  if (!/^yyyy([^A-Za-z]?MM([^A-Za-z]?dd([^A-Za-z]?HH)?)?)?$/.test(format)) {
    throw notSupported(`the date format "${format}" in a partition projection`);
  }
  const [from = "", to = ""] = range.split(",").map((bound) => dateBound(bound.trim(), format, now));
  return {
    pattern: format.replace(/[A-Za-z]/g, "\\d").replace(/[^A-Za-z\\]/g, (separator) => `\\${separator}`),
    includes: (value) => value >= from && value <= to,
  };
}

/** `NOW-1YEARS`, `NOW`, or a value in the format. */
function dateBound(bound: string, format: string, now: number): string {
  const [, sign, count, unit = ""] = /^NOW(?:([+-])(\d+)(\w+?)S?)?$/i.exec(bound) ?? [];
  if (!/^NOW/i.test(bound)) return bound;
  if (count === undefined) return formatDate(new Date(now), format);
  const amount = Number(count) * (sign === "-" ? -1 : 1);
  const date = new Date(now);
  if (unit.toUpperCase() === "YEAR") date.setUTCFullYear(date.getUTCFullYear() + amount);
  else if (unit.toUpperCase() === "MONTH") date.setUTCMonth(date.getUTCMonth() + amount);
  else date.setTime(now + amount * (UNITS_MS[unit.toUpperCase()] ?? Number.NaN));
  if (Number.isNaN(date.getTime())) throw notSupported(`the range bound "${bound}" in a partition projection`);
  return formatDate(date, format);
}

function formatDate(date: Date, format: string): string {
  const [yyyy = "", MM = "", dd = "", HH = ""] = date.toISOString().split(/[-T:]/);
  return format.replace("yyyy", yyyy).replace("MM", MM).replace("dd", dd).replace("HH", HH);
}

function notSupported(feature: string) {
  return unsupported(feature, { code: "NOT_SUPPORTED" });
}
