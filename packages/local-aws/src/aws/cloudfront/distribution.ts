export interface Origin {
  readonly id: string;
  /** Host name, or `host:port` on this machine. */
  readonly domainName: string;
  readonly path: string;
  readonly customHeaders: readonly (readonly [name: string, value: string])[];
  /** Milliseconds until the response must have begun. */
  readonly readTimeout: number;
}

export interface Behavior {
  /** `*` for the default cache behavior. */
  readonly pathPattern: string;
  readonly originId: string;
  readonly allowedMethods: ReadonlySet<string>;
  readonly compress: boolean;
  readonly cachePolicyId: string;
  readonly originRequestPolicyId: string | undefined;
  readonly responseHeadersPolicyId: string | undefined;
}

export interface CustomError {
  readonly code: number;
  /** Minimum number of seconds for which the error is cached. */
  readonly minimumTtl: number;
  readonly responseCode: number | undefined;
  readonly pagePath: string | undefined;
}

export interface Distribution {
  readonly id: string;
  readonly isEnabled: boolean;
  readonly origins: readonly Origin[];
  /** In order of precedence; the last one is the default cache behavior. */
  readonly behaviors: readonly Behavior[];
  readonly errors: readonly CustomError[];
  readonly defaultRootObject: string;
}

/** See https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html */
export const DEFAULT_ERROR_TTL_SECONDS = 10;
