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

export function isEnvironmentName(name: string): name is EnvironmentName {
  return (environmentNames as readonly string[]).includes(name);
}

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

/** What may be told from outside, for a run that differs from the recorded data. */
export type Overrides = Partial<
  Pick<Environment, "accountId" | "domain" | "github" | "lambdaRuntime" | "parts" | "s3Addressing">
>;

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
