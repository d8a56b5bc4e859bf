/** How one deployable program is bundled. The folder of the same name under `services/` contains it. */
export interface Service {
  /** Entry file, relative to the repository. */
  readonly entry: string;
  /** Module format of the bundle. Lambda loads ES modules; CloudWatch Synthetics loads only CommonJS. */
  readonly format: "esm" | "cjs";
  /** The oldest Node.js version that the bundle runs on, as an esbuild target. */
  readonly target: "node24" | "node20";
  /** The bundle's path inside the zip. */
  readonly file: string;
  /**
   * The `handler` of the Lambda function or canary, which must match `file`. A program that runs in a container has
   * none.
   */
  readonly handler?: string;
  /**
   * Whether the bundle defines the constant `BUILD_INFO`, the commit that it was built from. Then every commit changes
   * the bundle.
   */
  readonly includesBuildInfo?: boolean;
}

const program = (name: string) =>
  ({ entry: `services/${name}/index.ts`, format: "esm", target: "node24", file: "index.mjs" }) as const;

const lambda = (name: string) => ({ ...program(name), handler: "index.handler" }) as const;

/**
 * Every deployable program of this repository. The key names its folder, and the service in stacks, logs and metrics.
 */
export const services = {
  api: lambda("api"),
  authorizer: lambda("authorizer"),
  users: lambda("users"),
  ui: lambda("ui"),
  docs: lambda("docs"),
  "users-init": lambda("users-init"),
  audit: lambda("audit"),
  "normalize-logs": lambda("normalize-logs"),
  "postgres-init": lambda("postgres-init"),
  "postgres-update": lambda("postgres-update"),
  notifier: lambda("notifier"),
  hello: lambda("hello"),
  "build-info": { ...lambda("build-info"), includesBuildInfo: true },
  "release-guard": lambda("release-guard"),
  shout: lambda("shout"),
  canary: {
    entry: "services/canary/index.ts",
    format: "cjs",
    // The newest Synthetics runtimes have an older Node.js than Lambda.
    target: "node20",
    // Synthetics requires this folder:
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_WritingCanary_Nodejs.html
    file: "nodejs/node_modules/canary.js",
    handler: "canary.handler",
  },
  adder: program("adder"),
  display: program("display"),
  reset: program("reset"),
} as const satisfies Record<string, Service>;

export type ServiceName = keyof typeof services;

/** The services that AWS invokes by their handler. */
export type FunctionName = {
  [Name in ServiceName]: (typeof services)[Name] extends { readonly handler: string } ? Name : never;
}[ServiceName];
