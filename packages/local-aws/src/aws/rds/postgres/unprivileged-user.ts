import { spawnSync } from "node:child_process";

/** The user and group ID of PostgreSQL when this process runs as root. Any ID but 0 is possible. */
const UNPRIVILEGED_ID = 1000;

export type Command = readonly [program: string, args: readonly string[]];

/**
 * PostgreSQL refuses to run as root. In a user namespace it runs as an unprivileged user, while its files belong to
 * root outside of the namespace. This requires neither a system user nor a change of owners, and works in directories
 * that only root can access.
 *
 * @param userId of this process.
 * @throws Error with the possible solutions when the system does not allow user namespaces, as in some containers.
 */
export function asUnprivilegedUser(command: Command, userId = process.getuid?.()): Command {
  if (userId !== 0) return command;
  const wrapped = inNamespace(command);
  const [program, args] = inNamespace(["true", []]);
  if (spawnSync(program, args).status !== 0) {
    throw new Error(
      "PostgreSQL does not run as root, and this system does not allow user namespaces (unshare --user failed). Run as an unprivileged user, or allow user namespaces: sysctl kernel.unprivileged_userns_clone=1, or --security-opt seccomp=unconfined in a container.",
    );
  }
  return wrapped;
}

function inNamespace([program, args]: Command): Command {
  return ["unshare", ["--user", `--map-user=${UNPRIVILEGED_ID}`, `--map-group=${UNPRIVILEGED_ID}`, program, ...args]];
}
