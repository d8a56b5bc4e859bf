import { type createRedisCommandExecutor, RedisResult, WrongPassError } from "js-redis-server/core";

type ExecutionPolicy = NonNullable<NonNullable<Parameters<typeof createRedisCommandExecutor>[0]>["policies"]>[number];

/** Whether this user may enter with this password. `default` is the user of a client that names none. */
export type Authenticate = (user: string, password: string) => boolean;

const DEFAULT_USER = "default";

/**
 * Answers `AUTH` in the server's place, which knows a single password only. Users get in with all commands: access strings are not enforced.
 * `HELLO 3 AUTH …` is refused with WRONGPASS.
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
