import type {
  APIGatewayRequestAuthorizerEventV2,
  APIGatewaySimpleAuthorizerWithContextResult as AuthorizerResult,
} from "aws-lambda";
import type { Clock } from "../../lib/time/clock.ts";
import type { Authenticator } from "../../lib/users/authenticator.ts";
import { parseAuthorization } from "../../lib/users/authorization-header.ts";
import { type AuthorizerContext, toAuthorizerContext } from "../../lib/users/authorizer-context.ts";

/**
 * Responds in the simple format, which is independent of the route: API Gateway caches the result per `Authorization`
 * header and client address for all routes. Every request is passed on, also without valid credentials: the function
 * behind the route then responds with 401 or 429 and the reason, which API Gateway cannot do.
 */
export function createAuthorizer(authenticator: Pick<Authenticator, "authenticate">, clock: Clock) {
  return async ({
    headers,
    requestContext,
  }: Pick<APIGatewayRequestAuthorizerEventV2, "headers" | "requestContext">): Promise<
    AuthorizerResult<AuthorizerContext>
  > => {
    const credentials = parseAuthorization(headers?.authorization);
    const authentication = await authenticator.authenticate(credentials, requestContext.http.sourceIp);
    return { isAuthorized: true, context: toAuthorizerContext(authentication, clock.now()) };
  };
}
