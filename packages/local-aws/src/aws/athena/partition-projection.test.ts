import { describe, expect, it } from "vitest";
import type { Table } from "../glue/catalog.ts";
import { tableLayout } from "./partition-projection.ts";

const NOW = Date.parse("2026-11-28T12:00:00Z");

function table(parameters: Readonly<Record<string, string>>, partitions: readonly string[] = ["day"]): Table {
  return {
    ...{ database: "lake", name: "t", description: "", tableType: "EXTERNAL_TABLE", columns: [], inputFormat: "" },
    ...{ outputFormat: "", serializationLibrary: "", serdeParameters: {}, location: "s3://lake/t" },
    partitionKeys: partitions.map((name) => ({ name, type: "string", comment: "" })),
    parameters: { "projection.enabled": "true", ...parameters },
  };
}

const date = (format: string, range: string) => ({
  "projection.day.type": "date",
  "projection.day.format": format,
  "projection.day.range": range,
});

describe("the layout of a table", () => {
  it.each([
    ["yyyy-MM-dd", "NOW-1YEARS,NOW", "2026-11-28", true],
    ["yyyy-MM-dd", "NOW-1YEARS,NOW", "2026-11-29", false],
    ["yyyy-MM-dd", "NOW-1YEARS,NOW", "2025-11-27", false],
    ["yyyy-MM-dd", "NOW-2MONTHS,NOW+1DAYS", "2026-11-29", true],
    ["yyyy-MM-dd", "2026-01-01,2026-02-01", "2026-01-15", true],
    ["yyyy/MM/dd/HH", "NOW-3HOURS,NOW", "2026/11/28/10", true],
    ["yyyy/MM/dd/HH", "NOW-3HOURS,NOW", "2026/11/28/08", false],
    ["yyyy", "2020,NOW", "2024", true],
  ])("includes by the format %s and the range %s the day %s: %s", (format, range, day, included) => {
    const { location, partitionOf } = tableLayout(table(date(format, range)), NOW);
    expect(location).toEqual({ bucket: "lake", prefix: "t/day=" });
    expect(partitionOf(`t/day=${day}/object`)).toEqual(included ? [day] : undefined);
    expect(partitionOf(`t/other=${day}/object`)).toBeUndefined();
  });

  it("combines columns by the template, with enumerations and padded integers", () => {
    const parameters = {
      "projection.level.type": "enum",
      "projection.level.values": "info, error",
      "projection.part.type": "integer",
      "projection.part.range": "1,12",
      "projection.part.digits": "2",
      "storage.location.template": "s3://lake/a.b/${part}/${level}/",
    };
    const { location, partitionOf } = tableLayout(table(parameters, ["level", "part"]), NOW);
    expect(location.prefix).toBe("a.b/");
    expect(partitionOf("a.b/07/error/x")).toEqual(["error", "07"]);
    for (const key of ["a.b/7/error/x", "a.b/13/error/x", "a.b/07/debug/x", "a-b/07/error/x"]) {
      expect(partitionOf(key), key).toBeUndefined();
    }
  });

  it("includes every object of a table without partitions", () => {
    expect(tableLayout(table({}, []), NOW)).toMatchObject({ location: { bucket: "lake", prefix: "t" } });
  });

  it.each([
    [{ "projection.enabled": "false" }, /partitions that are not projected/],
    [{ "projection.day.type": "injected" }, /the projection type "injected"/],
    [date("dd.MM.yyyy", "NOW,NOW"), /the date format "dd\.MM\.yyyy"/],
    [date("yyyy-MM-dd", "NOW-1DECADES,NOW"), /the range bound "NOW-1DECADES"/],
    [{ ...date("yyyy", "2020,NOW"), "storage.location.template": "file:///t/${day}" }, /the location/],
  ])("is rejected for %j", (parameters, message) => {
    expect(() => tableLayout(table(parameters), NOW)).toThrow(message);
  });
});
