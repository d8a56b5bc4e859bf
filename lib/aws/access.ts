import type { Tracer } from "../tracing/tracer.ts";
import type { AwsService } from "./service.ts";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of temporary credentials, which those of a role are. */
  readonly sessionToken?: string | undefined;
}

/** Provides AWS credentials, like the `credentials` of an SDK client's configuration. */
export type CredentialsProvider = () => Promise<Credentials>;

/** Where requests to AWS are sent, and with which credentials they are signed. */
export interface AwsAccess {
  readonly region: string;
  /** Called for each attempt of a request, because temporary credentials expire. */
  readonly credentials: CredentialsProvider;
  /** The URL that replaces AWS's own; undefined for AWS. */
  readonly endpoint: (service: AwsService) => string | undefined;
  /** What measures the requests; by default nothing does. */
  readonly tracer?: Tracer;
}
