import * as v from "valibot";

/** Environment variables are missing or invalid. The message names the variables and never contains a value. */
export class InvalidEnvironmentError extends Error {
  override readonly name = "InvalidEnvironmentError";
  readonly code = "InvalidEnvironment";

  constructor(variables: readonly string[]) {
    super(`Missing or invalid environment variables: ${variables.join(", ")}`);
  }
}

/**
 * Reads a program's settings from its environment, once, during initialization.
 *
 * @throws InvalidEnvironmentError that names every invalid variable
 */
export function parseEnvironment<Schema extends v.GenericSchema>(
  schema: Schema,
  environment: Readonly<Record<string, string | undefined>>,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, environment);
  if (result.success) return result.output;
  const variables = result.issues.map((issue) => v.getDotPath(issue) ?? issue.message);
  throw new InvalidEnvironmentError([...new Set(variables)]);
}

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** `host:port`, the form of RDS and ElastiCache endpoints. */
export const endpoint = v.pipe(
  v.string(),
  v.regex(/^[\w.-]+:\d{1,5}$/),
  v.transform((text): Endpoint => {
    const colon = text.lastIndexOf(":");
    return { host: text.slice(0, colon), port: Number(text.slice(colon + 1)) };
  }),
  v.check(({ port }) => port > 0 && port < 65_536),
);

/** A variable that must be set and not empty. */
export const text = v.pipe(v.string(), v.nonEmpty());
