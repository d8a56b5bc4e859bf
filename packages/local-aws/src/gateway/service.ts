import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * The signer of a request: the developer's access key (`root`, which is allowed every action) or a role session (which
 * is allowed what the policies of the role allow).
 */
export type Caller =
  | { readonly kind: "root"; readonly arn: string; readonly accessKeyId: string }
  | { readonly kind: "role"; readonly arn: string; readonly accessKeyId: string; readonly roleName: string };

/**
 * Values of the condition keys of a request (`dynamodb:LeadingKeys`), for the conditions in policies. A key without
 * values is absent from the request; conditions on keys that are not in the context are not evaluated.
 */
export type RequestContext = Readonly<Record<string, readonly string[]>>;

/**
 * Throws `AwsError("AccessDenied", …, 403)` unless the caller may do `action` (IAM's name, `s3:GetObject`) on
 * `resource` (an ARN). Every operation calls it exactly once per resource that it touches, before it touches it.
 */
export type Authorize = (caller: Caller, action: string, resource: string, context?: RequestContext) => void;

/** Secrets of the access keys that may sign. */
export interface Credentials {
  find(
    accessKeyId: string,
  ): { readonly secretAccessKey: string; readonly sessionToken?: string; readonly caller: Caller } | undefined;
}

/**
 * One AWS service behind the gateway. The gateway listens on one loopback port for all of them (`AWS_ENDPOINT_URL`) and
 * selects the service by the name in the credential scope of the signature (`s3`, `sqs`, `lambda`, `secretsmanager`,
 * `logs`).
 */
export interface AwsService {
  readonly signingName: string;
  /** The AWS names of the actions that it serves. */
  readonly actions: readonly string[];
  /** Responds to the request, errors included. The body is unread. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}
