import * as v from "valibot";
import type { Contract } from "../../lib/openapi/contract.ts";
import type { Operation } from "./routes.ts";

const headers = {
  "Cache-Control": "The document may be cached for five minutes.",
  ETag: "Changes with the document.",
};

/** The contract of each operation of the function `docs`. */
export const contracts: Readonly<Record<Operation, Contract>> = {
  "get-document": {
    summary: "Get this document",
    tag: "Operation",
    headers: {
      "If-None-Match": { description: "Responds with 304 when the document has this entity tag.", schema: v.string() },
    },
    responses: {
      200: {
        description: "The API as an OpenAPI 3.1 document.",
        schema: v.looseObject({ openapi: v.string(), paths: v.record(v.string(), v.unknown()) }),
        headers,
      },
      304: { description: "The document has not changed.", headers },
    },
    errors: {},
  },
};
