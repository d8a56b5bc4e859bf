import { spawnSync } from "node:child_process";

/** What PostgreSQL sees as its user when the stand-in runs as root; any but 0 would do. */
const ORDINARY_ID = 1000;

export type Command = readonly [program: string, args: readonly string[]];

/**
 * PostgreSQL refuses to run as root. In a user namespace it sees an ordinary user, while its files belong to root outside: no system user, no
 * change of owners, and folders that only root may enter stay usable.
 *
 * @throws Error that says what to do when the system forbids user namespaces (some containers do).
 */
export function asOrdinaryUser(command: Command, userId = process.getuid?.()): Command {
  if (userId !== 0) return command;
  const wrapped = inNamespace(command);
  const [program, args] = inNamespace(["true", []]);
  if (spawnSync(program, args).status !== 0) {
    throw new Error(
      "PostgreSQL does not run as root, and this system does not let it appear as another user (unshare --user failed). Run as an ordinary user, or allow user namespaces: sysctl kernel.unprivileged_userns_clone=1, or in a container --security-opt seccomp=unconfined.",
    );
  }
  return wrapped;
}

function inNamespace([program, args]: Command): Command {
  return ["unshare", ["--user", `--map-user=${ORDINARY_ID}`, `--map-group=${ORDINARY_ID}`, program, ...args]];
}
