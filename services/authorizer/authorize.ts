import type {
  APIGatewayRequestAuthorizerEventV2,
  APIGatewaySimpleAuthorizerWithContextResult as AuthorizerResult,
} from "aws-lambda";
import { parseAuthorization } from "./authorization-header.ts";
import type { ApiKeyStore, User, UserStore } from "./user-store.ts";

/** The caller, as passed to the API. */
export interface AuthorizerContext {
  readonly user: string;
  readonly role: string;
}

/**
 * Responds in the simple format, which is independent of the route: API Gateway caches the result per `Authorization`
 * header for all routes. A missing or malformed header, an unknown user and a wrong password have the same result.
 */
export function createAuthorizer(users: UserStore, apiKeys: ApiKeyStore) {
  const authenticate = async (header: string | undefined): Promise<User | undefined> => {
    const credentials = parseAuthorization(header);
    if (credentials?.scheme === "basic") return users.verify(credentials.username, credentials.password);
    if (credentials?.scheme === "bearer") return apiKeys.verify(credentials.token);
    return undefined;
  };
  return async (
    event: Pick<APIGatewayRequestAuthorizerEventV2, "headers">,
  ): Promise<AuthorizerResult<AuthorizerContext | Record<string, never>>> => {
    const user = await authenticate(event.headers?.authorization);
    return user
      ? { isAuthorized: true, context: { user: user.name, role: user.role } }
      : { isAuthorized: false, context: {} };
  };
}
