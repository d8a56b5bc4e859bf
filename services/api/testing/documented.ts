import { DocumentedResponses, type SeenResponse } from "../../../lib/openapi/testing/documented-responses.ts";
import { createDocument } from "../../docs/openapi/document.ts";
import { pathOf } from "../../docs/openapi/operation.ts";
import { documentedServices } from "../../docs/services.ts";
import { routeKey, routes } from "../routes.ts";

const documented = new DocumentedResponses(createDocument(documentedServices) as never);

/** @throws Error when the OpenAPI document does not describe the response of a route */
export function checkDocumented(key: string, response: SeenResponse): void {
  const route = routes.find((candidate) => routeKey(candidate) === key);
  if (!route) return;
  // API Gateway removes the body of a response to HEAD.
  const text = route.method === "HEAD" ? "" : response.text;
  const problem = documented.problemOfOperation(pathOf(route), route.method, { ...response, text });
  if (problem !== undefined) throw new Error(problem);
}
