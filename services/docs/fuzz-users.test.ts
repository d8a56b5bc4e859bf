import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DocumentedResponses } from "../../lib/openapi/testing/documented-responses.ts";
import { routeKey, routes } from "../users/routes.ts";
import { type SignedIn, startUsersApi, type UsersApi } from "../users/testing/users-api.ts";
import { createDocument } from "./openapi/document.ts";
import { pathOf } from "./openapi/operation.ts";
import { documentedServices } from "./services.ts";
import { requestsOf } from "./testing/requests.ts";

const document = createDocument(documentedServices);
const documented = new DocumentedResponses(document as never);

/** Requests of each route; the seed makes a failure repeatable. */
const RUNS = { numRuns: 100, seed: 20_260_102 };

const known = { user: ["ann", "bob"], name: ["ann", "carol"] };

let api: UsersApi;
beforeAll(async () => {
  api = await startUsersApi();
  for (const name of known.user) await api.addCaller(name, [{ role: "writer", prefix: "team/" }]);
});
afterAll(() => api.remove());

describe.each(routes.map((route) => [routeKey(route), route] as const))("%s", (name, route) => {
  it("returns no 5xx and nothing undocumented for generated requests", { timeout: 60_000 }, async () => {
    // The name is none that the requests contain, so that nobody removes the caller.
    const caller = name
      .toLowerCase()
      .replace(/[^a-z]+/g, "-")
      .replace(/-$/, "");
    const administrator = await api.addCaller(`administrator-${caller}`, [{ role: "admin", prefix: "" }]);
    const reader = await api.addCaller(`reader-${caller}`, [{ role: "reader", prefix: "" }]);
    const callers = fc.constantFrom<(SignedIn | "rejected" | undefined)[]>(
      administrator,
      administrator,
      administrator,
      reader,
      "rejected",
      undefined,
    );
    await fc.assert(
      fc.asyncProperty(requestsOf(document, route, known), callers, async ({ path: { user, id }, body }, sender) => {
        const response = await api.send(sender, name, {
          ...(user !== undefined && { user }),
          ...(id !== undefined && { id }),
          ...(body !== undefined && { body }),
        });
        expect(response.statusCode, String(response.body)).toBeLessThan(500);
        const seen = {
          status: response.statusCode,
          contentType: response.headers["content-type"] ?? "",
          // API Gateway removes the body of a response to HEAD.
          text: route.method === "HEAD" ? "" : (response.body ?? ""),
        };
        expect(documented.problemOfOperation(pathOf(route), route.method, seen)).toBeUndefined();
      }),
      RUNS,
    );
  });
});
