import type {
  APIGatewayRequestAuthorizerEventV2,
  APIGatewaySimpleAuthorizerWithContextResult as AuthorizerResult,
} from "aws-lambda";
import { parseAuthorization } from "./authorization-header.ts";
import type { ApiKeyStore, User, UserStore } from "./user-store.ts";

/** What the API is told of the caller. */
export interface AuthorizerContext {
  readonly user: string;
  readonly role: string;
}

/**
 * Answers in the simple form, which is not bound to a route: API Gateway keeps it per `Authorization` header for all of them.
 * A header that is absent or malformed, an unknown user and a wrong password are one and the same answer.
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
