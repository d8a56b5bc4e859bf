import { sorts } from "../../../services/api/list-query.ts";
import type { FilesDatabase } from "../../../services/postgres-init/testing/files-database.ts";
import { CatalogTimer } from "./catalog-timer.ts";
import { BUCKET, FOLDERS } from "./fill-files.ts";
import { measureCached } from "./measure-cached.ts";
import type { Kind, Measurement, TableMeasurements } from "./measurement.ts";
import { offsetStatement, positionAt } from "./offset.ts";

/** Records of a page. */
const LIMIT = 100;

/** The texts of searches, from some that every key contains to one that none does. */
const texts = [
  ...["report", "report-7f3", "IMG_", "MUSIK", "jpg", "pdf", "folder-0042/", "photos/img", "café 00"],
  ...["e", "7f", "7f3", "7f3a", "0042", "語", "not there"],
];

/**
 * Measures lists, folders and searches, with a plain query as a baseline.
 *
 * @param report is called with each measurement
 */
export async function measureTable(
  files: FilesDatabase,
  rows: number,
  migration: number,
  report: (measurement: Measurement) => void,
): Promise<TableMeasurements> {
  const timer = new CatalogTimer(files);
  const measurements: Measurement[] = [];
  const add = (kind: Kind, name: string, times: Measurement["times"], baseline?: number): void => {
    const measurement = { kind, name, times, baseline };
    measurements.push(measurement);
    report(measurement);
  };

  const { files: some } = await timer.catalog.list({ prefixes: [""], limit: 1, sort: "size", after: undefined });
  const key = some[0]?.prefix_path;
  const byKey = await timer.measureStatement({
    name: "by key",
    text: "select * from file where bucket = $1 and key = $2",
    values: [BUCKET, key],
  });
  for (const sort of sorts) {
    for (const [page, part] of [
      ["first", 0],
      ["middle", 0.5],
      ["last", 1],
    ] as const) {
      const offset = Math.max(0, Math.round(rows * part) - (part === 1 ? LIMIT : 0));
      const after = await positionAt(files.admin, timer.catalog, sort, offset);
      const times = await timer.measure((catalog) => catalog.list({ prefixes: [""], limit: LIMIT, sort, after }));
      const plain = page === "middle" ? await timer.measureBaseline(offsetStatement(sort, offset, LIMIT)) : undefined;
      add("list", `by ${sort}, ${page} page`, times, plain);
    }
  }

  const distinct = await timer.measureBaseline({
    name: "distinct",
    text: `select distinct left(key, strpos(key, '/')) from file where bucket = $1 and removed_at is null`,
    values: [BUCKET],
  });
  for (const sort of ["prefix_path", "-prefix_path"] as const) {
    const query = { prefix: "", prefixes: [""], limit: FOLDERS, sort, counts: false, after: undefined };
    add("folders", `${FOLDERS} by ${sort}`, await timer.measure((catalog) => catalog.listFolders(query)), distinct);
  }
  const counted = {
    prefix: "",
    prefixes: [""],
    limit: LIMIT,
    sort: "prefix_path",
    counts: true,
    after: undefined,
  } as const;
  add("counts", `${LIMIT} with their files and sizes`, await timer.measure((catalog) => catalog.listFolders(counted)));

  const scan = await timer.measureBaseline({
    name: "scan",
    text: `select * from file where bucket = $1 and removed_at is null and key ilike '%report-7f3%'
             order by length(key), key limit ${LIMIT}`,
    values: [BUCKET],
  });
  for (const text of texts) {
    const query = { text, prefixes: [""], limit: LIMIT, after: undefined };
    const times = await timer.measure((catalog) => catalog.search(query));
    add("search", `"${text}"`, times, text === "report-7f3" ? scan : undefined);
  }

  const { rows: sizes } = await files.admin.query<{ bytes: string }>(
    "select sum(pg_total_relation_size(relation)) as bytes from unnest(array['file', 'file_search']::regclass[]) relation",
  );
  const cached = await measureCached(files);
  return { rows, migration, bytes: Number(sizes[0]?.bytes), byKey, measurements, cached };
}
