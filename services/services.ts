/** How one deployable program is bundled. The folder of the same name under `services/` holds it. */
export interface Service {
  /** Entry file, relative to the repository. */
  readonly entry: string;
  /** Module form of the bundle: Lambda loads ESM; CloudWatch Synthetics loads CommonJS only. */
  readonly format: "esm" | "cjs";
  /** The oldest Node.js the bundle runs on, in esbuild's words. */
  readonly target: "node24" | "node20";
  /** The bundle's path inside the zip. */
  readonly file: string;
  /** What the function's or canary's `handler` must be, so that `file` is found. A program that runs by itself has none. */
  readonly handler?: string;
  /** Whether the constant `BUILD_INFO` in it says from which commit it was built: then each commit makes another bundle. */
  readonly tellsBuild?: boolean;
}

const program = (name: string) =>
  ({ entry: `services/${name}/index.ts`, format: "esm", target: "node24", file: "index.mjs" }) as const;

const lambda = (name: string) => ({ ...program(name), handler: "index.handler" }) as const;

/** Every deployable program of this repository; the key is its folder, and its word in stacks, logs and metrics. */
export const services = {
  api: lambda("api"),
  authorizer: lambda("authorizer"),
  "postgres-init": lambda("postgres-init"),
  "postgres-update": lambda("postgres-update"),
  hello: lambda("hello"),
  "build-info": { ...lambda("build-info"), tellsBuild: true },
  "release-guard": lambda("release-guard"),
  shout: lambda("shout"),
  canary: {
    entry: "services/canary/index.ts",
    format: "cjs",
    // The Node.js of the newest Synthetics runtimes trails Lambda's.
    target: "node20",
    // Synthetics demands this folder: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_WritingCanary_Nodejs.html
    file: "nodejs/node_modules/canary.js",
    handler: "canary.handler",
  },
  adder: program("adder"),
  display: program("display"),
  reset: program("reset"),
} as const satisfies Record<string, Service>;

export type ServiceName = keyof typeof services;

/** The services that AWS calls by their handler. */
export type FunctionName = {
  [Name in ServiceName]: (typeof services)[Name] extends { readonly handler: string } ? Name : never;
}[ServiceName];
