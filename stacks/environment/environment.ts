/** The settings that may differ between two deployments. Everything else is the same in every environment. */
export interface Environment {
  readonly name: EnvironmentName;
  /** Prefix of every physical name. */
  readonly prefix: string;
  /** The only account that the stacks can be deployed to; the provider rejects every other account. */
  readonly accountId: string;
  readonly region: string;
  /** The repository whose workflows deploy this environment; without one, only operators do. */
  readonly github: GithubRepository | undefined;
  /** Three Availability Zones of the region, listed so that a new zone in the region changes nothing. */
  readonly zones: readonly [string, string, string];
  /**
   * Suffix of bucket names, for the case that another account already has `<prefix>-storage`: bucket names are unique
   * across all accounts (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html).
   */
  readonly bucketSuffix: string | undefined;
  /** `path` uses URLs such as `http://host/bucket`, for an endpoint without subdomains. */
  readonly s3Addressing: "virtual-host" | "path";
  /** `delete` empties buckets, skips the final snapshot and deletes secrets immediately when a stack is destroyed. */
  readonly dataOnDestroy: "keep" | "delete";
  /** The runtime identifier of every Lambda function. */
  readonly lambdaRuntime: string;
  /** The custom domain of the API, for which a hosted zone and a certificate are created. */
  readonly domain: string | undefined;
  /** The OpenID provider whose users may sign in to the Files API, in addition to its own users. */
  readonly openIdConnect: OpenIdConnectSettings | undefined;
  /** The address to which alarms are sent. It has to confirm the subscription. */
  readonly alarmEmail: string | undefined;
  readonly logRetentionDays: number;
  readonly logLake: LogLakeSettings;
  readonly tracing: TracingSettings;
  /** The limit of the monthly cost without traffic, in US dollars; `undefined` where there is no bill. */
  readonly monthlyBudget: number | undefined;
  /**
   * The monitor of the account for unusual costs of services, if it has one: an account has at most one, and AWS
   * creates it as `Default-Services-Monitor` in new accounts. `undefined`: the stack creates it.
   * https://docs.aws.amazon.com/cost-management/latest/userguide/getting-started-ad.html
   */
  readonly costAnomalyMonitorArn: string | undefined;
  /** What is deployed in addition to the Files API, its network and its database. */
  readonly parts: readonly PartName[];
  /** Of the parts that exist. Three dashboards of an account are free, and each other one costs 3 USD per month. */
  readonly dashboards: readonly DashboardName[];
  readonly network: NetworkSettings;
  readonly database: DatabaseSettings;
  readonly cache: CacheSettings;
  readonly updates: UpdateSettings;
  readonly notifications: NotificationSettings;
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
 * The optional parts of an environment; `npm run cost -- <environment>` prints the cost of each.
 *
 * - `alarms`: all alarms. Without it there are the essential ones and those that invoke a function, which are free.
 * - `cache`: Valkey. Without it the Files API reads from the database.
 * - `hello`, `releases`, `shout`, `sum`: these systems. The last two add a NAT gateway, and `sum` adds the bastion.
 */
export const partNames = ["alarms", "cache", "hello", "releases", "shout", "sum"] as const;

export type DashboardName = (typeof dashboardNames)[number];
/** `overview` is of all systems, and each other one of a system. */
export const dashboardNames = ["overview", "files", "hello", "releases", "shout", "sum"] as const;

/** A GitHub repository, by names and by immutable IDs: `gh api repos/<owner>/<repository> --jq '.owner.id, .id'`. */
export interface GithubRepository {
  readonly owner: string;
  readonly ownerId: string;
  readonly repository: string;
  readonly repositoryId: string;
}

/** See the schema in lib/users/open-id-connect-settings.ts, which the authorizer checks at its start. */
export interface OpenIdConnectSettings {
  /** The URL that the provider puts into its tokens, such as `https://login.example.com/tenant`. */
  readonly issuer: string;
  /** The audience of the tokens: the client ID or the identifier of the API. */
  readonly audience: string;
  /** The claim that identifies a user; `email` by default. */
  readonly userClaim?: string;
  /** The claim with the groups or roles of a user, such as `groups`, `cognito:groups` or `realm_access.roles`. */
  readonly grantsClaim: string;
  /** What each value of that claim grants. A prefix is empty, which means all files, or ends with a slash. */
  readonly grants: readonly {
    readonly value: string;
    readonly role: "reader" | "writer" | "admin";
    readonly prefix: string;
  }[];
}

export interface NetworkSettings {
  /**
   * Only if a part needs the internet. `one` is cheaper, but without its zone no private subnet has internet access.
   */
  readonly natGateways: "one" | "per-zone";
  /** Number of zones with a network interface of an interface endpoint; each costs about 7 USD per month. */
  readonly endpointZones: 1 | 3;
}

export interface DatabaseSettings {
  readonly instanceClass: string;
  /** In GiB; storage autoscaling grows it up to the maximum. */
  readonly storage: { readonly initial: number; readonly maximum: number };
  /** The maximum of PostgreSQL on this instance class, about its memory / 9.5 MB. */
  readonly connections: number;
  readonly multiAz: boolean;
  readonly deletionProtection: boolean;
  readonly backupDays: number;
  /** The service chooses the port if it is `undefined`. */
  readonly port: number | undefined;
  readonly tls: "verify-full" | "off";
}

export interface CacheSettings {
  readonly nodeType: string;
  /** The primary and its replicas; two or more nodes fail over automatically. */
  readonly nodes: number;
  readonly port: number | undefined;
  readonly tls: "on" | "off";
  readonly auth: "iam" | "none";
}

/** The processing of bucket events. */
export interface UpdateSettings {
  /** In seconds. */
  readonly functionTimeout: number;
  /**
   * In seconds. AWS recommends six times the function timeout:
   * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
   */
  readonly visibilityTimeout: number;
  /** Attempts before an event is moved to the dead-letter queue. */
  readonly maxReceives: number;
}

/** The delivery of alarms to Slack and PagerDuty, whose addresses are in the secret `notifications`. */
export interface NotificationSettings {
  /** `http` for emulations, which have no certificate. */
  readonly scheme: "https" | "http";
  /** The value of the secret; only addresses of emulations. Without it, the secret is written from outside. */
  readonly addresses: Readonly<Record<string, string>> | undefined;
  /** Whether alarms link to the runbooks on GitHub, if the environment has a repository, or name their paths. */
  readonly runbooks: "links" | "paths";
  /** Seconds before a failed delivery is retried. Each further retry waits twice as long, up to 15 minutes. */
  readonly retrySeconds: number;
  /** Seconds in which changes of alarms are counted: more than ten become a digest. */
  readonly windowSeconds: number;
  /** Attempts before a change of an alarm is moved to the dead-letter queue. */
  readonly maxReceives: number;
}

/** Steady-state requests per second and the burst limit; API Gateway rejects more requests with 429. */
export interface Throttling {
  readonly rate: number;
  readonly burst: number;
}

export interface ApiSettings {
  readonly throttling: Throttling;
  /**
   * The limit of concurrent executions of the function `api`, each of which holds a database connection; `undefined`
   * means the limit of the account. A new account has a limit of 10, of which none can be reserved.
   */
  readonly reservedConcurrency: number | undefined;
  /**
   * Origins of pages, in addition to that of the API, that may upload and download files by presigned URLs, such as
   * `https://app.example.com`.
   */
  readonly browserOrigins: readonly string[];
}

export interface ShoutSettings {
  /** The URL of the SHOUTCLOUD API (http://shoutcloud.io), which does not support TLS. */
  readonly shoutcloudUrl: string;
  /** Like {@link SumSettings.certificateArn}. */
  readonly certificateArn: string | undefined;
  /**
   * The limit of concurrent executions, each of which may wait 8 s for SHOUTCLOUD, so that a slow upstream leaves
   * executions to other functions; see {@link ApiSettings.reservedConcurrency}.
   */
  readonly reservedConcurrency: number | undefined;
}

export interface SumSettings {
  /** An issued ACM certificate in the same region: HTTPS with a redirect from HTTP. Without one, HTTP. */
  readonly certificateArn: string | undefined;
  /**
   * Whether users may sign in over plain HTTP, to reset the table. Without a certificate nobody can reset it otherwise,
   * because a password must not travel in clear text.
   */
  readonly signInOverHttp: boolean;
  /** In seconds, between 5 and 300. */
  readonly healthCheckInterval: number;
}

export interface BastionSettings {
  /** IPv4 ranges, such as `203.0.113.7/32`, with SSH access. Without any, only Session Manager has access. */
  readonly allowedIps: readonly string[];
  /** In OpenSSH format; without a key nobody has SSH access. */
  readonly sshPublicKey: string | undefined;
}

export interface LogLakeSettings {
  /** In seconds, between 0 and 900: how long Firehose collects entries before it writes an object. */
  readonly bufferSeconds: number;
}

export interface TracingSettings {
  /**
   * The part of the requests to servers that is traced, between 0 and 1. Of functions, one invocation per second and
   * 5 % of the others are traced (https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html).
   */
  readonly samplingRate: number;
}

/** The Hello API. */
export interface HelloSettings {
  /** Each stage has its own function, table and CloudFront distribution. */
  readonly stages: readonly HelloStageSettings[];
  /** The scheme of the CloudFront URLs. */
  readonly edgeScheme: "https" | "http";
}

export interface HelloStageSettings {
  readonly name: string;
  /** The subdomain of the environment's domain, if there is one. */
  readonly subdomain: string;
  readonly throttling: Throttling;
}

/** The Releases system. */
export interface ReleasesSettings {
  /** Stage name → settings, in the order in which a version is promoted. A new entry adds a stage. */
  readonly stages: Readonly<Record<string, ReleaseStageSettings>>;
  readonly throttling: Throttling;
}

export interface ReleaseStageSettings {
  /** `newest`: every deployment updates the stage. `releases`: only `npm run system -- release` updates it. */
  readonly follows: "newest" | "releases";
}

/** The settings that environment variables may override. */
export type Overrides = Partial<
  Pick<Environment, "accountId" | "domain" | "github" | "lambdaRuntime" | "parts" | "s3Addressing">
>;

/** An environment variable or a setting is missing or invalid. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
  readonly code:
    | "UNKNOWN_ENVIRONMENT"
    | "ACCOUNT_NOT_SET"
    | "INVALID_S3_ADDRESSING"
    | "UNKNOWN_PART"
    | "INVALID_GITHUB_REPOSITORY";

  constructor(code: EnvironmentError["code"], message: string) {
    super(message);
    this.code = code;
  }
}
