import * as v from "valibot";
import { type Contract, mergeErrors } from "../../../lib/openapi/contract.ts";
import { folderQuery } from "../folder-query.ts";
import { listQuery } from "../list-query.ts";
import { searchQuery } from "../search-query.ts";
import { cacheControl, cursor, databaseErrors } from "./parameters.ts";
import { exampleRecord, fileRecord, folderPage } from "./records.ts";

const headers = { ...cacheControl, Link: 'The next page, if there is one (RFC 8288, `rel="next"`).' };
const errors = mergeErrors({ 400: ["InvalidParameter"] }, databaseErrors);
const prefix = { description: "Only files whose key starts with this text.", schema: listQuery.entries.prefix };

export const listFiles: Contract = {
  summary: "List files",
  description: "Lists the files that the caller may read, by default newest first, or their folders with `delimiter`.",
  tag: "Files",
  operationIds: { "GET /": "listFilesAtRoot", "GET /api/list": "listFiles" },
  query: {
    prefix,
    limit: {
      description: "The maximum number of entries; with `counts`, at most 100, which is then the default.",
      schema: listQuery.entries.limit,
      example: 10,
    },
    sort: {
      description: "The order; a minus means descending. With `delimiter`, it is by `prefix_path`.",
      schema: listQuery.entries.sort,
    },
    cursor,
    delimiter: {
      description: "Returns the folders below the prefix, and the files that are in none of them.",
      schema: folderQuery.entries.delimiter,
    },
    counts: {
      description: "Adds the number and the size of the files to each folder.",
      schema: folderQuery.entries.counts,
    },
  },
  responses: {
    200: {
      description: "A page of the files; with `delimiter`, of the folders and files.",
      schema: v.union([v.array(fileRecord), folderPage]),
      headers,
      example: [exampleRecord],
    },
  },
  errors,
};

export const searchFiles: Contract = {
  summary: "Search files",
  description:
    "Finds the files whose key contains a text, without regard to case or accents, best matches first. Of a text that many files contain, equal matches are in a fixed order without a meaning.",
  tag: "Files",
  query: {
    q: { description: "The text.", schema: searchQuery.entries.q, required: true, example: "another" },
    prefix,
    limit: { description: "The maximum number of files.", schema: searchQuery.entries.limit },
    cursor,
  },
  responses: {
    200: { description: "A page of the files.", schema: v.array(fileRecord), headers, example: [exampleRecord] },
  },
  errors,
};
