import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";

/**
 * The TypeScript declarations of an OpenAPI document. This is a package of its own, because openapi-typescript requires
 * the compiler API of TypeScript 5, which the TypeScript of this repository does not have.
 */
export const generateTypes = async (document: object): Promise<string> =>
  astToString(await openapiTS(structuredClone(document) as OpenAPI3));
