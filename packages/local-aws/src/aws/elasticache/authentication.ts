import { type createRedisCommandExecutor, RedisResult, WrongPassError } from "js-redis-server/core";

type ExecutionPolicy = NonNullable<NonNullable<Parameters<typeof createRedisCommandExecutor>[0]>["policies"]>[number];

/** Checks a user name and password. Clients that send no user name log in as `default`. */
export type Authenticate = (user: string, password: string) => boolean;

const DEFAULT_USER = "default";

/**
 * Handles `AUTH`, because the server itself supports a single password only. Users may run all commands: access strings
 * are not enforced. `HELLO 3 AUTH …` fails with WRONGPASS.
 */
export function authenticationPolicy(authenticate: Authenticate): ExecutionPolicy {
  return {
    name: "elasticache-authentication",
    beforeExecute({ definition, rawArgs }, { session }) {
      if (definition.name !== "auth") return undefined;
      const [first = "", second] = rawArgs.map(String);
      const [user, password] = second === undefined ? [DEFAULT_USER, first] : [first, second];
      if (!authenticate(user, password)) throw new WrongPassError();
      session.setAuthenticated(true);
      return RedisResult.ok();
    },
  };
}
