import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { documentedServices } from "../services.ts";
import { createDocument } from "./document.ts";
import { pathOf } from "./operation.ts";

const document = createDocument(documentedServices);
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, ...operation })),
) as { name: string; operationId: string; responses: Record<string, unknown>; security: unknown[] }[];

describe("the document of the Files API", () => {
  it("is valid OpenAPI 3.1", async () => {
    const result = await new Validator().validate({ ...structuredClone(document) });
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
  });

  it("describes every route of the services", () => {
    const routes = documentedServices.flatMap((service) => service.routes);
    expect(operations.map(({ name }) => name).sort()).toEqual(
      routes.map((route) => `${route.method} ${pathOf(route)}`).sort(),
    );
  });

  it("has these operations, each with an ID of its own, and these statuses", () => {
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    expect(
      operations.map(
        ({ name, operationId, responses }) => `${name} ${operationId} ${Object.keys(responses).join(" ")}`,
      ),
    ).toMatchSnapshot();
  });

  it("requires Basic or Bearer except for public routes", () => {
    const isPublic = operations.filter(({ security }) => security.length === 0).map(({ name }) => name);
    expect(isPublic).toEqual(["GET /api/openapi.json", "HEAD /api/openapi.json", "GET /health", "HEAD /health"]);
  });

  it("has examples that are valid", () => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    ajv.addSchema(document, "document");
    const examples = examplesIn(document);
    expect(examples.length).toBeGreaterThan(20);
    for (const { schema, example } of examples) {
      const validate = ajv.compile(rebase(schema));
      expect(validate(example), `${JSON.stringify(example)}: ${ajv.errorsText(validate.errors)}`).toBe(true);
    }
  });

  it("is the same whatever the order of the services is", () => {
    expect(JSON.stringify(createDocument([...documentedServices].reverse()))).toBe(JSON.stringify(document));
  });

  it("reads the limits of parameters from the schemas that validate them", () => {
    expect(parameter("/api/search", "limit").schema).toEqual({
      type: "integer",
      minimum: 1,
      maximum: 1000,
      default: 100,
    });
    expect(parameter("/s3/multipart/{uploadId}/batch", "partNumbers")).toMatchObject({
      explode: false,
      schema: { type: "array", maxItems: 1000, items: { type: "integer", minimum: 1, maximum: 10_000 } },
    });
  });
});

function parameter(path: string, name: string): Record<string, unknown> {
  const { parameters = [] } = (document.paths[path]?.get ?? {}) as { parameters?: Record<string, unknown>[] };
  return parameters.find((one) => one.name === name) ?? {};
}

interface Example {
  readonly schema: object;
  readonly example: unknown;
}

/** Every object with a schema and an example of it. */
function examplesIn(node: unknown): readonly Example[] {
  if (typeof node !== "object" || node === null) return [];
  const own = "example" in node && "schema" in node ? [node as Example] : [];
  return [...own, ...Object.values(node).flatMap(examplesIn)];
}

/** References from a schema of its own to the document. */
const rebase = (schema: object): object => JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/'));

it("fails for a route without a contract", () => {
  const [service] = documentedServices;
  if (!service) throw new Error("There is no service.");
  const route = { method: "GET", path: "/new", access: "public", operation: "new" } as const;
  expect(() => createDocument([{ ...service, routes: [...service.routes, route] }])).toThrow(
    "The operation new has no contract.",
  );
});
