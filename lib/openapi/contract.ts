import type * as v from "valibot";

/** A parameter of a request, with the schema that validates it. */
export interface ParameterContract {
  readonly description: string;
  readonly schema: v.GenericSchema<string | undefined, unknown>;
  readonly required?: boolean;
  readonly example?: unknown;
}

export type ParameterContracts = Readonly<Record<string, ParameterContract>>;

export interface BodyContract {
  readonly description: string;
  /** `bytes` means a body of any type. */
  readonly schema: v.GenericSchema | "bytes";
  /** By default, a request without a body is invalid. */
  readonly optional?: true;
  readonly example?: unknown;
}

export interface ResponseContract {
  readonly description: string;
  /** `bytes` means a body of any type; undefined means none. */
  readonly schema?: v.GenericSchema | "bytes";
  /** Whether the body can also have any type other than JSON. */
  readonly orBytes?: true;
  /** Descriptions by name. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly example?: unknown;
}

/** What an operation accepts and returns. The document is generated from it; the function itself does not use it. */
export interface Contract {
  readonly summary: string;
  readonly description?: string;
  readonly tag: string;
  /** The IDs of an operation with several routes, by route key. By default, the name of the operation in camel case. */
  readonly operationIds?: Readonly<Record<string, string>>;
  readonly path?: ParameterContracts;
  readonly query?: ParameterContracts;
  readonly headers?: ParameterContracts;
  readonly body?: BodyContract;
  /** By status. */
  readonly responses: Readonly<Record<number, ResponseContract>>;
  /** The codes of the problem documents by status, without those that every route has. */
  readonly errors: Readonly<Record<number, readonly string[]>>;
}

/** A route as the services declare it. */
export interface DocumentedRoute {
  readonly method: string;
  /** In the syntax of API Gateway. */
  readonly path: `/${string}`;
  readonly access: unknown;
  readonly operation: string;
}

/** A service of the API: its routes and the contract of each operation. */
export interface DocumentedService {
  readonly routes: readonly DocumentedRoute[];
  readonly contracts: Readonly<Record<string, Contract>>;
}

/** The parameters of a query that is validated as one object. */
export const parametersOf = <Name extends string>(
  schema: { readonly entries: Readonly<Record<Name, v.GenericSchema<string | undefined, unknown>>> },
  descriptions: Readonly<Record<Name, string>>,
): ParameterContracts =>
  Object.fromEntries(
    Object.entries<string>(descriptions).map(([name, description]) => {
      const parameter = schema.entries[name as Name];
      return [name, { description, schema: parameter, required: !["optional", "nullish"].includes(parameter.type) }];
    }),
  );

/** Codes by status, merged with others. */
export function mergeErrors(...errors: readonly Contract["errors"][]): Contract["errors"] {
  const merged: Record<number, readonly string[]> = {};
  for (const one of errors) {
    for (const [status, codes] of Object.entries(one)) {
      const known = merged[Number(status)] ?? [];
      merged[Number(status)] = [...known, ...codes.filter((code) => !known.includes(code))];
    }
  }
  return merged;
}
