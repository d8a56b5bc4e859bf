/** Something in the account, and whether this environment made it. */
export interface Owned {
  readonly ours: boolean;
}

export interface HostedZone {
  readonly nameServers: readonly string[];
}

export interface Certificate {
  readonly domain: string;
  /** Of ACM, such as `ISSUED` and `PENDING_VALIDATION`. */
  readonly status: string;
}

/** `other-account` also where the credentials may not look. */
export type BucketOwner = "nobody" | "us" | "other-account" | "other-region";

/** What the checks ask of an AWS account. Each fails with an error that says why it cannot be told. */
export interface Account {
  /** Whose credentials they are. */
  identity(): Promise<{ readonly account: string; readonly arn: string }>;
  /** Of EC2: `opt-in-not-required`, `opted-in` or `not-opted-in`; undefined when there is no such region. */
  regionStatus(region: string): Promise<string | undefined>;
  zones(): Promise<readonly string[]>;
  elasticIps(): Promise<readonly Owned[]>;
  vpcs(): Promise<readonly Owned[]>;
  databases(): Promise<readonly Owned[]>;
  /** Of Service Quotas, by its codes. */
  quota(service: string, code: string): Promise<number>;
  /** Lambda functions that may run at the same time, all together. */
  concurrency(): Promise<number>;
  bucketOwner(bucket: string): Promise<BucketOwner>;
  /** What trusts an issuer of tokens, if anything does; an account has one at most for each. */
  identityProvider(issuer: string): Promise<Owned | undefined>;
  hostedZone(domain: string): Promise<HostedZone | undefined>;
  certificates(): Promise<readonly Certificate[]>;
  certificate(arn: string): Promise<Certificate>;
}
