export interface CorsConfiguration {
  readonly allowCredentials: boolean;
  readonly allowHeaders: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowOrigins: readonly string[];
  readonly exposeHeaders: readonly string[];
  /** Seconds. */
  readonly maxAge: number;
}

export interface Throttling {
  /** Requests per second. */
  readonly rate: number;
  readonly burst: number;
}

export interface Stage {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly throttling: Throttling;
  /** By route key. */
  readonly routeThrottling: ReadonlyMap<string, Throttling>;
  readonly accessLog: { readonly group: string; readonly format: string } | undefined;
}

export interface Route {
  readonly id: string;
  /** `GET /items/{id}`, `ANY /{proxy+}` or `$default`. */
  readonly routeKey: string;
  readonly integrationId: string;
  readonly authorizerId: string | undefined;
}

export type PayloadFormat = "1.0" | "2.0";

export interface Integration {
  readonly id: string;
  /** ARN or invoke ARN of a function, with references to stage variables. */
  readonly uri: string;
  readonly payloadFormat: PayloadFormat;
  /** Milliseconds. */
  readonly timeout: number;
  /** A role that API Gateway assumes to invoke the function, instead of a permission of the function. */
  readonly credentialsArn: string | undefined;
}

export interface Authorizer {
  readonly id: string;
  readonly uri: string;
  readonly payloadFormat: PayloadFormat;
  readonly simpleResponses: boolean;
  /** `$request.header.Authorization`, … */
  readonly identitySources: readonly string[];
  /** Seconds. */
  readonly resultTtl: number;
  readonly credentialsArn: string | undefined;
}
