import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DatabaseUnavailableError } from "../../lib/database/database.ts";
import { ObjectStoreError, ObjectStoreUnavailableError } from "../../lib/objects/object-store.ts";
import { routeKey, routes } from "../api/routes.ts";
import { createTestApi, recordOf } from "../api/testing/api.ts";
import { createDocument } from "./openapi/document.ts";
import { documentedServices } from "./services.ts";
import { requestsOf } from "./testing/requests.ts";

const document = createDocument(documentedServices);

/** Requests of each route; the seed makes a failure repeatable. */
const RUNS = { numRuns: 200, seed: 20_260_102 };

const known = {
  key: ["anotherfile", "a/b.txt"],
  from: ["anotherfile", "a/b.txt"],
  to: ["anotherfile", "copy", "a/c"],
  uploadId: ["upload-1"],
};

async function startApi() {
  const api = createTestApi([{ name: "database", check: async () => undefined }]);
  for (const key of known.key) await api.objects.put(key, Buffer.from("The quick brown fox"), "text/plain", {});
  await api.uploads.create("anotherfile", "text/plain", {});
  api.catalog.page = { files: known.key.map((key) => recordOf(key)), more: true };
  api.catalog.names = known.key;
  return api;
}

const grants = fc.constantFrom([{ role: "admin", prefix: "" } as const], [{ role: "reader", prefix: "a/" } as const]);

const faults = fc.option(
  fc.record({
    bucket: fc.constantFrom(new ObjectStoreError("AccessDenied"), new ObjectStoreUnavailableError("SlowDown")),
    database: fc.constant(new DatabaseUnavailableError("refused")),
  }),
  { freq: 5 },
);

describe.each(routes.map((route) => [routeKey(route), route] as const))("%s", (name, route) => {
  it("returns nothing undocumented for generated requests, and no 5xx without a fault", async () => {
    const api = await startApi();
    await fc.assert(
      fc.asyncProperty(requestsOf(document, route, known), grants, faults, async (request, granted, fault) => {
        const {
          path: { key, ...parameters },
          query,
          headers,
          body,
        } = request;
        api.objects.failure = fault?.bucket;
        api.catalog.failure = fault?.database;
        // The test API compares every response with the document.
        const response = await api.send(name, {
          ...(key !== undefined && { key }),
          parameters,
          query,
          headers: { ...headers },
          ...(body !== undefined && { body }),
          grants: granted,
        });
        if (!fault) expect(response.statusCode, String(response.body)).toBeLessThan(500);
      }),
      RUNS,
    );
  });
});
