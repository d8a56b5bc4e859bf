import { afterEach, beforeEach, expect, it } from "vitest";
import { AthenaHarness } from "./testing/athena-harness.ts";

let harness: AthenaHarness;

beforeEach(async () => {
  harness = await AthenaHarness.start();
});
afterEach(() => harness.stop());

it.each([
  ["select count(*) from requests", [["3"]]],
  ["select count(*) from lake.requests r where r.day = '2026-11-28'", [["1"]]],
  ["select count(*) from awsdatacatalog.lake.requests where day between '2026-11-01' and '2026-11-27'", [["2"]]],
  [
    "with r as (select day from requests) select day, count(*) from r group by day order by 2 desc",
    [
      ["2026-11-27", "2"],
      ["2026-11-28", "1"],
    ],
  ],
  ["select a.status from requests a join requests b on a.route = b.route where b.status > 404", [["500"]]],
  ['select "$path" from requests where status = 404', [["s3://lake/logs/day=2026-11-27/1.gz"]]],
  ["select tag from requests cross join unnest(tags) as t(tag) order by tag desc", [["y"], ["x"]]],
  ["select tags from requests where cardinality(tags) > 0", [["[x, y]"]]],
  ["select milliseconds from requests order by milliseconds desc limit 1", [["30.0"]]],
])("answers %s", async (statement, rows) => {
  expect(await harness.query(statement)).toEqual(rows);
});

/** Expressions with the texts that Athena returns for them. */
const EXPRESSIONS: readonly (readonly [expression: string, text: string | undefined])[] = [
  ["from_iso8601_timestamp('2026-11-27T10:00:00.000Z')", "2026-11-27 10:00:00.000 UTC"],
  ["date_parse('2026-11-27 10:20:30', '%Y-%m-%d %H:%i:%s')", "2026-11-27 10:20:30.000"],
  ["date_format(timestamp '2026-11-27 10:20:30', '%H:%i:%s')", "10:20:30"],
  ["date_add('day', -1, date '2026-11-27')", "2026-11-26 00:00:00.000"],
  ["date_diff('minute', timestamp '2026-11-27 10:00:00', timestamp '2026-11-27 10:07:00')", "7"],
  ["date_trunc('hour', timestamp '2026-11-27 10:20:30')", "2026-11-27 10:00:00.000"],
  ["to_unixtime(from_iso8601_timestamp('1970-01-01T00:00:01Z'))", "1.0"],
  ["from_unixtime(0)", "1970-01-01 00:00:00.000 UTC"],
  ["extract(year from date '2026-11-27')", "2026"],
  ["date '2026-11-27' - interval '7' day", "2026-11-20 00:00:00.000"],
  [`json_extract_scalar('{"a":{"b":"c"}}', '$.a.b')`, "c"],
  [`json_extract_scalar('{"a":{"b":"c"}}', '$.a')`, undefined],
  ["json_extract_scalar('no JSON', '$.a')", undefined],
  ["regexp_like('abc', 'b.')", "true"],
  ["regexp_extract('GET /a/b', '/(\\w+)', 1)", "a"],
  ["regexp_extract('abc', 'x')", undefined],
  ["regexp_replace('a1b2', '(\\d)', '<$1>')", "a<1>b<2>"],
  ["(select approx_distinct(x) from (values (1), (1), (2)) as t(x))", "2"],
  ["(select approx_percentile(x, 0.5) from (values (1), (2), (3)) as t(x))", "2"],
  ["(select arbitrary(x) from (values (1)) as t(x))", "1"],
  ["7 / 2", "3"],
  ["try(cast('x' as integer))", undefined],
  ["if(1 > 2, 'a', 'b')", "b"],
  ["split_part('a b', ' ', 2) || '!'", "b!"],
  ["cast(1.5 as varchar)", "1.5"],
  ["'it''s' like 'it%'", "true"],
  ["element_at(split('a b', ' '), 1)", "a"],
  ["array_join(array['a', 'b'], '-')", "a-b"],
];

it("evaluates expressions like Athena", async () => {
  const [row = []] = await harness.query(`select ${EXPRESSIONS.map(([expression]) => expression).join(", ")}`);
  const results = EXPRESSIONS.map(([expression], index) => [expression, row[index]]);
  expect(results).toEqual(EXPRESSIONS);
});

it("rejects invalid and unsupported statements at the start", async () => {
  const invalid = { name: "InvalidRequestException" };
  await expect(harness.start("selec 1")).rejects.toMatchObject({
    ...invalid,
    message: expect.stringMatching(/^line 1:1: syntax/),
  });
  await expect(harness.start("delete from requests")).rejects.toMatchObject(invalid);
});

it.each([
  ["select 1 from nothing", "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.lake.nothing' does not exist"],
  ["select 1 from none.requests", "SCHEMA_NOT_FOUND: line 1:15: Schema 'none' does not exist"],
  ["select nothing from requests", "COLUMN_NOT_FOUND: Column 'nothing' cannot be resolved"],
  ["select cast('x' as integer)", "INVALID_CAST_ARGUMENT: "],
  ["select * from '/etc/passwd'", "TABLE_NOT_FOUND: "],
])("fails on %s as Athena does", async (statement, reason) => {
  expect(await harness.failure(statement)).toContain(reason);
});
