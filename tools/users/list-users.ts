import pLimit from "p-limit";
import { describeKey, describeUser } from "../../services/users/representations.ts";
import { type ListedUser, renderKeys, renderUsers } from "./render-users.ts";
import { type UsersContext, userCommandLine } from "./users-context.ts";

/** Users whose keys are read at the same time. */
const CONCURRENCY = 8;

/** Prints all users as a table, or as the JSON of the API with the number of their access keys. */
export async function listUsers({ directory, output }: UsersContext, json: boolean): Promise<void> {
  const limit = pLimit(CONCURRENCY);
  const users: ListedUser[] = await limit.map(await directory.list(), async (user) => ({
    user,
    keys: (await directory.listKeys(user.name)).length,
  }));
  if (json) output.result(JSON.stringify(users.map(({ user, keys }) => ({ ...describeUser(user), keys }))));
  else output.result(renderUsers(users));
}

/** Prints the access keys of a user, without their tokens. */
export async function listKeys(context: UsersContext, name: string, json: boolean): Promise<void> {
  const keys = await context.directory.listKeys(name);
  if (json) return context.output.result(JSON.stringify(keys.map(describeKey)));
  if (keys.length > 0) return context.output.result(renderKeys(keys, context.clock.now()));
  const add = userCommandLine(context, `key add ${name} <name of the key>`);
  context.output.explain(`${name} has no access keys. Add one: ${add}`);
}
