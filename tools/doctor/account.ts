import type { Addresses } from "../../services/notifier/addresses.ts";

/** Who receives the alarms of an environment. */
export interface AlarmRecipients {
  readonly confirmedEmails: number;
  readonly pendingEmails: number;
  /** The content of the secret, or why it is invalid. It must not be printed. */
  readonly addresses: Addresses | { readonly problem: string };
}

/** A resource of the account. */
export interface OwnedResource {
  /** Whether the environment's stacks created it. */
  readonly ours: boolean;
}

export interface HostedZone {
  readonly nameServers: readonly string[];
}

export interface Certificate {
  readonly domain: string;
  /** ACM's status, such as `ISSUED` or `PENDING_VALIDATION`. */
  readonly status: string;
}

/** `other-account` also when the credentials lack access to the bucket. */
export type BucketOwner = "none" | "this-account" | "other-account" | "other-region";

/** The queries of an AWS account that the checks need. Each rejects with an error whose message contains the reason. */
export interface Account {
  /** The identity behind the credentials. */
  identity(): Promise<{ readonly account: string; readonly arn: string }>;
  /**
   * EC2's opt-in status: `opt-in-not-required`, `opted-in` or `not-opted-in`; undefined if the region does not exist.
   */
  regionStatus(region: string): Promise<string | undefined>;
  /** Names of the region's availability zones. */
  zones(): Promise<readonly string[]>;
  elasticIps(): Promise<readonly OwnedResource[]>;
  vpcs(): Promise<readonly OwnedResource[]>;
  databases(): Promise<readonly OwnedResource[]>;
  /** The applied value of a quota. @param service and @param code are those of Service Quotas. */
  quota(service: string, code: string): Promise<number>;
  /** The account's limit of concurrent Lambda executions. */
  concurrency(): Promise<number>;
  bucketOwner(bucket: string): Promise<BucketOwner>;
  /** The OIDC identity provider of an issuer; an account has at most one per issuer. */
  identityProvider(issuer: string): Promise<OwnedResource | undefined>;
  hostedZone(domain: string): Promise<HostedZone | undefined>;
  certificates(): Promise<readonly Certificate[]>;
  certificate(arn: string): Promise<Certificate>;
  /** Undefined when there is no such topic. @param topic and @param secret are names. */
  alarmRecipients(topic: string, secret: string): Promise<AlarmRecipients | undefined>;
}
