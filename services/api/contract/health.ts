import * as v from "valibot";
import type { Contract } from "../../../lib/openapi/contract.ts";
import { cacheControl } from "./parameters.ts";

const health = v.strictObject({
  status: v.picklist(["pass", "warn", "fail"]),
  checks: v.record(
    v.string(),
    v.strictObject({ status: v.picklist(["pass", "fail"]), milliseconds: v.pipe(v.number(), v.minValue(0)) }),
  ),
});

export const checkHealth: Contract = {
  summary: "Check the health of the API",
  tag: "Operation",
  responses: {
    200: {
      description: "The API works.",
      schema: health,
      headers: cacheControl,
      example: { status: "pass", checks: { database: { status: "pass", milliseconds: 2 } } },
    },
    503: { description: "A required dependency is not available.", schema: health, headers: cacheControl },
  },
  errors: {},
};
