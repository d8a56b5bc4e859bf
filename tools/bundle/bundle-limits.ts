import { type FunctionName, type ServiceName, services } from "../../services/services.ts";

export interface BundleLimit {
  /** Bytes of the minified program, which a cold start parses. */
  readonly bytes: number;
  readonly reason: string;
}

const usual: BundleLimit = { bytes: 100_000, reason: "A function of one purpose, without the AWS SDK" };

/** The functions with another limit than the others: docs/decisions/0023-keep-the-aws-sdk-out-of-functions.md */
const others: Partial<Record<FunctionName, BundleLimit>> = {
  api: { bytes: 150_000, reason: "The whole Files API, with S3, PostgreSQL and Valkey" },
  docs: { bytes: 2_000_000, reason: "Swagger UI, which browsers load; see docs/decisions/0021" },
  "postgres-update": { bytes: 115_000, reason: "The driver of PostgreSQL has 65 kB, and S3 and Valkey are needed too" },
  ui: { bytes: 200_000, reason: "Most of it is the page for the browser, which has a limit of its own" },
};

/** The limit of each function. Programs that run in containers have none, because they start once. */
export const bundleLimits: ReadonlyMap<FunctionName, BundleLimit> = new Map(
  (Object.keys(services) as ServiceName[]).filter(isFunction).map((name) => [name, others[name] ?? usual]),
);

function isFunction(name: ServiceName): name is FunctionName {
  return "handler" in services[name];
}
