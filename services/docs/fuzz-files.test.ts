import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DocumentedResponses } from "../../lib/openapi/testing/documented-responses.ts";
import { routeKey, routes } from "../api/routes.ts";
import { bytesOf, createTestApi, recordOf } from "../api/testing/api.ts";
import { createDocument } from "./openapi/document.ts";
import { pathOf } from "./openapi/operation.ts";
import { documentedServices } from "./services.ts";
import { requestsOf } from "./testing/requests.ts";

const document = createDocument(documentedServices);
const documented = new DocumentedResponses(document as never);

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

describe.each(routes.map((route) => [routeKey(route), route] as const))("%s", (name, route) => {
  it("returns no 5xx and nothing undocumented for generated requests", async () => {
    const api = await startApi();
    const readable = fc.constantFrom(
      [{ role: "admin", prefix: "" } as const],
      [{ role: "reader", prefix: "a/" } as const],
    );
    const requests = fc.tuple(requestsOf(document, route, known), readable);
    await fc.assert(
      fc.asyncProperty(
        requests,
        async ([
          {
            path: { key, ...parameters },
            query,
            headers,
            body,
          },
          grants,
        ]) => {
          const response = await api.send(name, {
            ...(key !== undefined && { key }),
            parameters,
            query,
            headers: { ...headers },
            ...(body !== undefined && { body }),
            grants,
          });
          expect(response.statusCode, String(response.body)).toBeLessThan(500);
          const seen = {
            status: response.statusCode,
            contentType: response.headers["content-type"] ?? "",
            // API Gateway removes the body of a response to HEAD.
            text: route.method === "HEAD" ? "" : bytesOf(response).toString(),
          };
          expect(documented.problemOfOperation(pathOf(route), route.method, seen)).toBeUndefined();
        },
      ),
      RUNS,
    );
  });
});
