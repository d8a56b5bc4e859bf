import { HttpError } from "../../lib/http/http-error.ts";
import type { ServerRequest } from "../../lib/server/request.ts";

/** For the operator of a deployment whose load balancer has no certificate. */
export const HTTPS_REQUIRED =
  "Resetting requires HTTPS, because others on the network could read a password that is sent over plain HTTP. " +
  "Configure sum.certificateArn in stacks/environment/environments.ts and deploy again.";

/**
 * Whether the client sent the request over HTTPS to the load balancer, which sets the header itself:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/x-forwarded-headers.html#x-forwarded-proto
 */
export const isHttps = ({ headers }: Pick<ServerRequest, "headers">): boolean =>
  headers["x-forwarded-proto"] === "https";

/** @throws HttpError 403 `HttpsRequired` */
export function requireHttps(request: Pick<ServerRequest, "headers">): void {
  if (!isHttps(request)) throw new HttpError(403, "HttpsRequired", HTTPS_REQUIRED);
}
