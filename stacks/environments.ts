/** What may differ between two deployments of the same stacks. Everything else is the same everywhere. */
export interface Environment {
  readonly name: EnvironmentName;
  /** First part of every physical name. */
  readonly prefix: string;
  /** The only account that the stacks can be deployed to; the provider refuses any other. */
  readonly accountId: string;
  readonly region: string;
  /** Whose workflows deploy here; without one only people do. */
  readonly github: GithubRepository | undefined;
  /** Three availability zones of the region, named so that adding a zone to the region moves nothing. */
  readonly zones: readonly [string, string, string];
  /**
   * Last part of bucket names, for whoever finds `<prefix>-storage` taken: bucket names are unique across all AWS accounts
   * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html).
   */
  readonly bucketSuffix: string | undefined;
  /** `path` addresses a bucket as `http://host/bucket`, for an endpoint without a domain name of its own. */
  readonly s3Addressing: "virtual-host" | "path";
  /** `delete` empties buckets, skips the last database snapshot and deletes secrets at once when a stack is destroyed. */
  readonly dataOnDestroy: "keep" | "delete";
  /** Lambda's name of the Node.js that every function runs on. */
  readonly lambdaRuntime: string;
  /** The API's own domain: a Route53 zone and a certificate are made for it. Without one the API has AWS's address. */
  readonly domain: string | undefined;
  /** Who is told about alarms. The address gets a mail that asks for confirmation. */
  readonly alarmEmail: string | undefined;
  readonly logRetentionDays: number;
  /** US dollars a month that the environment may cost while nobody uses it; `undefined` where nobody sends a bill. */
  readonly monthlyBudget: number | undefined;
  /** What is deployed beside the Files API, its network and its database. */
  readonly parts: readonly PartName[];
  readonly network: NetworkSettings;
  readonly database: DatabaseSettings;
  readonly cache: CacheSettings;
  readonly updates: UpdateSettings;
  readonly api: ApiSettings;
  readonly hello: HelloSettings;
  readonly releases: ReleasesSettings;
  readonly shout: ShoutSettings;
  readonly sum: SumSettings;
  readonly bastion: BastionSettings;
}

export type EnvironmentName = (typeof environmentNames)[number];
export const environmentNames = ["local", "dev", "prod"] as const;

export type PartName = (typeof partNames)[number];
/**
 * What an environment may do without; `npm run cost -- <environment>` says what each costs.
 *
 * - `alarms`: an alarm for everything that is watched. Without them there are those alone on which a program acts, and the dashboards still show all.
 * - `cache`: Valkey. Without it the Files API answers from the database.
 * - `hello`, `releases`, `shout`, `sum`: these systems; a NAT gateway comes with the last two, and with `sum` its bastion.
 */
export const partNames = ["alarms", "cache", "hello", "releases", "shout", "sum"] as const;

/** A repository of GitHub, by its names and by the numbers that outlive them: `gh api repos/<owner>/<repository> --jq '.owner.id, .id'`. */
export interface GithubRepository {
  readonly owner: string;
  readonly ownerId: string;
  readonly repository: string;
  readonly repositoryId: string;
}

export interface NetworkSettings {
  /** Where a part needs the internet. `one` is cheaper, and private subnets lose the internet together with its zone. */
  readonly natGateways: "one" | "per-zone";
  /** Zones in which an interface endpoint has an address; each costs about 7 USD a month. */
  readonly endpointZones: 1 | 3;
}

export interface DatabaseSettings {
  readonly instanceClass: string;
  /** GiB at first, and to which it grows by itself. */
  readonly storage: { readonly initial: number; readonly maximum: number };
  /** Connections that PostgreSQL takes on this instance class, about its memory / 9.5 MB. */
  readonly connections: number;
  readonly multiAz: boolean;
  readonly deletionProtection: boolean;
  readonly backupDays: number;
  /** `undefined` leaves the choice to the service. */
  readonly port: number | undefined;
  readonly tls: "verify-full" | "off";
}

export interface CacheSettings {
  readonly nodeType: string;
  /** One primary and its replicas; two or more fail over by themselves. */
  readonly nodes: number;
  readonly port: number | undefined;
  readonly tls: "on" | "off";
  readonly auth: "iam" | "none";
}

/** How the events of the bucket reach the database. */
export interface UpdateSettings {
  /** Seconds. */
  readonly functionTimeout: number;
  /** Seconds until an event that was not done is tried again; six times the function's, as AWS advises (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html). */
  readonly visibilityTimeout: number;
  /** Tries before an event is put aside as a dead letter. */
  readonly maxReceives: number;
}

/** Requests a second over a longer time, and at once; more are refused with 429. */
export interface Throttling {
  readonly rate: number;
  readonly burst: number;
}

export interface ApiSettings {
  readonly throttling: Throttling;
  /**
   * Copies of the `api` function that may run at the same time, each with a database connection of its own; `undefined` leaves it to
   * the account's limit. A new account's limit is 10, of which none can be reserved.
   */
  readonly reservedConcurrency: number | undefined;
}

export interface ShoutSettings {
  /** Who makes the letters big: http://shoutcloud.io. It speaks no TLS. */
  readonly shoutcloudUrl: string;
  /** As {@link SumSettings.certificateArn}. */
  readonly certificateArn: string | undefined;
}

export interface SumSettings {
  /** An issued certificate of ACM, in the same region. With it everything is HTTPS and plain HTTP leads there; without it, plain HTTP. */
  readonly certificateArn: string | undefined;
  /** Seconds between two looks at a target's health; AWS takes 5 to 300. */
  readonly healthCheckInterval: number;
}

export interface BastionSettings {
  /** Blocks of addresses, such as `203.0.113.7/32`, that may come by SSH. With none, no port is open, and Session Manager is the only way in. */
  readonly allowedIps: readonly string[];
  /** Yours, in OpenSSH's form; without one SSH lets nobody in. */
  readonly sshPublicKey: string | undefined;
}

/** The Hello API. */
export interface HelloSettings {
  /** Each with a function, a table and an address of its own. */
  readonly stages: readonly HelloStageSettings[];
  /** How the addresses of CloudFront are reached. */
  readonly edgeScheme: "https" | "http";
}

export interface HelloStageSettings {
  readonly name: string;
  /** Its name below the environment's domain, where there is one. */
  readonly subdomain: string;
  readonly throttling: Throttling;
}

/** The Releases system. */
export interface ReleasesSettings {
  /** Stage → what moves it, in the order in which a version goes through them. A name more is a stage more. */
  readonly stages: Readonly<Record<string, ReleaseStageSettings>>;
  readonly throttling: Throttling;
}

export interface ReleaseStageSettings {
  /** `newest`: each deployment moves it. `releases`: it stays where it is until `npm run release` moves it. */
  readonly follows: "newest" | "releases";
}

/** The machine or the account is not told enough to synthesize for it. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
  readonly code:
    | "UnknownEnvironment"
    | "AccountNotSet"
    | "UnknownS3Addressing"
    | "UnknownPart"
    | "UnknownGithubRepository";

  constructor(code: EnvironmentError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** An environment as this file records it. */
export type EnvironmentData = Omit<Environment, "accountId"> & { readonly accountId: string | undefined };

const dev: EnvironmentData = {
  name: "dev",
  prefix: "nv-demo-dev",
  accountId: undefined, // the twelve digits of your account for development, or the variable NV_DEMO_ACCOUNT_ID
  region: "us-east-1",
  github: undefined, // your repository, for the roles of its workflows
  zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
  bucketSuffix: undefined,
  s3Addressing: "virtual-host",
  dataOnDestroy: "delete",
  lambdaRuntime: "nodejs24.x",
  domain: undefined,
  alarmEmail: undefined,
  logRetentionDays: 7,
  monthlyBudget: 25,
  parts: ["hello", "releases"], // all that the budget takes; each of the others is a word away
  network: { natGateways: "one", endpointZones: 1 },
  database: {
    instanceClass: "db.t4g.micro",
    storage: { initial: 20, maximum: 50 },
    connections: 100,
    multiAz: false,
    deletionProtection: false,
    backupDays: 7,
    port: 5432,
    tls: "verify-full",
  },
  cache: { nodeType: "cache.t4g.micro", nodes: 1, port: 6379, tls: "on", auth: "iam" },
  updates: { functionTimeout: 30, visibilityTimeout: 180, maxReceives: 5 },
  api: { throttling: { rate: 100, burst: 200 }, reservedConcurrency: undefined },
  hello: {
    stages: [
      { name: "live", subdomain: "hello", throttling: { rate: 500, burst: 1000 } },
      { name: "test", subdomain: "hello-test", throttling: { rate: 20, burst: 40 } },
    ],
    edgeScheme: "https",
  },
  releases: {
    stages: { dev: { follows: "newest" }, test: { follows: "releases" }, live: { follows: "releases" } },
    throttling: { rate: 1000, burst: 2000 },
  },
  shout: { shoutcloudUrl: "http://API.SHOUTCLOUD.IO/V1/SHOUT", certificateArn: undefined },
  sum: { certificateArn: undefined, healthCheckInterval: 15 },
  bastion: { allowedIps: [], sshPublicKey: undefined },
};

const prod: EnvironmentData = {
  ...dev,
  name: "prod",
  prefix: "nv-demo",
  accountId: undefined, // the twelve digits of your account for production, or the variable NV_DEMO_ACCOUNT_ID
  dataOnDestroy: "keep",
  monthlyBudget: 350,
  parts: partNames,
  network: { natGateways: "per-zone", endpointZones: 3 },
  database: {
    ...dev.database,
    instanceClass: "db.t4g.small",
    storage: { initial: 20, maximum: 500 },
    connections: 200,
    multiAz: true,
    deletionProtection: true,
    backupDays: 30,
  },
  cache: { ...dev.cache, nodes: 2 },
  api: { throttling: { rate: 500, burst: 1000 }, reservedConcurrency: 100 }, // half of the database's connections
};

/** As `dev`, and different only where a machine is not AWS. */
const local: EnvironmentData = {
  ...dev,
  name: "local",
  prefix: "nv-demo", // so that the names in every example are those of production
  accountId: "000000000000", // no AWS account has this number
  // an example, so that everything of delivery is deployed here as well; no token of GitHub's is for this account
  github: { owner: "octo-example", ownerId: "1234567", repository: "nv-demo", repositoryId: "7654321" },
  s3Addressing: "path", // 127.0.0.1 has no subdomains
  monthlyBudget: undefined, // this machine is paid for
  parts: partNames,
  database: {
    ...dev.database,
    port: undefined, // 5432 may be taken on this machine: the stand-in finds a free port
    tls: "off", // the stand-in has no certificate that RDS's authority signed, and nothing leaves the machine
  },
  cache: {
    ...dev.cache,
    port: undefined, // as the database's
    tls: "off", // as the database's
    auth: "none", // ElastiCache takes users only where it takes TLS
  },
  updates: { functionTimeout: 5, visibilityTimeout: 10, maxReceives: 3 }, // a poisoned event is put aside while one watches
  hello: { ...dev.hello, edgeScheme: "http" }, // 127.0.0.1 has no certificate
  sum: { ...dev.sum, healthCheckInterval: 5 }, // a dead target is replaced while one watches
};

const environments: Readonly<Record<EnvironmentName, EnvironmentData>> = { local, dev, prod };

/** What may be told from outside, for a run that differs from the recorded data. */
export type Overrides = Partial<
  Pick<Environment, "accountId" | "domain" | "github" | "lambdaRuntime" | "parts" | "s3Addressing">
>;

/** What is recorded of an environment, its account perhaps not among it. */
export function environmentData(name: EnvironmentName): EnvironmentData {
  return environments[name];
}

/** @throws EnvironmentError `UnknownEnvironment` */
export function environmentName(name: string): EnvironmentName {
  if (isEnvironmentName(name)) return name;
  throw new EnvironmentError(
    "UnknownEnvironment",
    `There is no environment "${name}"; there are ${environmentNames.join(", ")}.`,
  );
}

/** @throws EnvironmentError `AccountNotSet` when neither the data nor `overrides` name the account. */
export function environment(name: EnvironmentName, overrides: Overrides = {}): Environment {
  const data = { ...environments[name], ...overrides };
  const { accountId } = data;
  if (accountId === undefined || !/^\d{12}$/.test(accountId)) {
    throw new EnvironmentError(
      "AccountNotSet",
      `The environment "${name}" has no AWS account: give its 12 digits as accountId of ${name} in stacks/environments.ts, or in the variable NV_DEMO_ACCOUNT_ID.`,
    );
  }
  return { ...data, accountId };
}

/**
 * The environment that the variables choose: `NV_DEMO_ENVIRONMENT` (default `local`, which no AWS account can be harmed by),
 * `NV_DEMO_ACCOUNT_ID`, `NV_DEMO_DOMAIN`, `NV_DEMO_PARTS` (names with commas between them, or `all`), and for AWS emulators
 * `NV_DEMO_GITHUB` (`<owner>@<number>/<repository>@<number>`), `NV_DEMO_LAMBDA_RUNTIME` and `NV_DEMO_S3_ADDRESSING`.
 *
 * @throws EnvironmentError
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const name = variables.NV_DEMO_ENVIRONMENT || "local";
  if (!isEnvironmentName(name)) {
    throw new EnvironmentError(
      "UnknownEnvironment",
      `NV_DEMO_ENVIRONMENT is "${name}"; it must be one of ${environmentNames.join(", ")}.`,
    );
  }
  const {
    NV_DEMO_ACCOUNT_ID,
    NV_DEMO_DOMAIN,
    NV_DEMO_GITHUB,
    NV_DEMO_LAMBDA_RUNTIME,
    NV_DEMO_PARTS,
    NV_DEMO_S3_ADDRESSING,
  } = variables;
  return environment(name, {
    ...(NV_DEMO_ACCOUNT_ID && { accountId: NV_DEMO_ACCOUNT_ID }),
    ...(NV_DEMO_DOMAIN && { domain: NV_DEMO_DOMAIN }),
    ...(NV_DEMO_GITHUB && { github: githubRepository(NV_DEMO_GITHUB) }),
    ...(NV_DEMO_LAMBDA_RUNTIME && { lambdaRuntime: NV_DEMO_LAMBDA_RUNTIME }),
    ...(NV_DEMO_PARTS && { parts: parts(NV_DEMO_PARTS) }),
    ...(NV_DEMO_S3_ADDRESSING && { s3Addressing: s3Addressing(NV_DEMO_S3_ADDRESSING) }),
  });
}

function githubRepository(told: string): GithubRepository {
  const [, owner, ownerId, repository, repositoryId] = /^([\w-]+)@(\d+)\/([\w.-]+)@(\d+)$/.exec(told) ?? [];
  if (owner && ownerId && repository && repositoryId) return { owner, ownerId, repository, repositoryId };
  throw new EnvironmentError(
    "UnknownGithubRepository",
    `NV_DEMO_GITHUB is "${told}"; it must be <owner>@<number>/<repository>@<number>.`,
  );
}

function s3Addressing(told: string): Environment["s3Addressing"] {
  if (told === "path" || told === "virtual-host") return told;
  throw new EnvironmentError(
    "UnknownS3Addressing",
    `NV_DEMO_S3_ADDRESSING is "${told}"; it must be path or virtual-host.`,
  );
}

function parts(told: string): readonly PartName[] {
  if (told === "all") return partNames;
  return told.split(",").map((name) => {
    const part = partNames.find((known) => known === name.trim());
    if (part) return part;
    throw new EnvironmentError(
      "UnknownPart",
      `NV_DEMO_PARTS has "${name}"; there are ${partNames.join(", ")}, or all.`,
    );
  });
}

function isEnvironmentName(name: string): name is EnvironmentName {
  return (environmentNames as readonly string[]).includes(name);
}
