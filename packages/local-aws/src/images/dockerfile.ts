/** The parts of a Dockerfile that determine how the program in its image runs. */
export interface Dockerfile {
  /** Files that are copied from the build context to the image. */
  readonly copies: readonly { readonly from: string; readonly to: string }[];
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  readonly user: string;
  readonly entrypoint: readonly string[];
}

export class DockerfileError extends Error {
  override readonly name = "DockerfileError";
}

/**
 * Parses a Dockerfile with one stage that copies files and runs no commands. The base image and downloads are ignored,
 * because this machine provides their content or does not need it.
 *
 * @throws DockerfileError for any other Dockerfile.
 */
export function parseDockerfile(text: string): Dockerfile {
  const copies: { from: string; to: string }[] = [];
  const environment: Record<string, string> = {};
  let workingDirectory = "/";
  let user = "root";
  let entrypoint: readonly string[] = [];
  for (const line of text.split("\n").filter((one) => one.trim() !== "" && !one.startsWith("#"))) {
    const [, instruction = "", rest = ""] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    if (instruction === "COPY") copies.push(parseCopy(rest));
    else if (instruction === "ENV") Object.assign(environment, parseEnvironment(rest));
    else if (instruction === "WORKDIR") workingDirectory = rest;
    else if (instruction === "USER") user = rest;
    else if (instruction === "ENTRYPOINT") entrypoint = JSON.parse(rest) as string[];
    else if (!isIgnored(instruction, rest)) throw new DockerfileError(`Unsupported instruction: ${line}`);
  }
  if (entrypoint.length === 0) throw new DockerfileError("The Dockerfile has no ENTRYPOINT.");
  return { copies, environment, workingDirectory, user, entrypoint };
}

function isIgnored(instruction: string, rest: string): boolean {
  return (
    ["FROM", "EXPOSE", "LABEL", "STOPSIGNAL"].includes(instruction) || (instruction === "ADD" && /https:/.test(rest))
  );
}

function parseCopy(rest: string) {
  const parts = rest.split(/\s+/);
  const [from = "", to = "", ...more] = parts.filter((part) => !part.startsWith("--"));
  if (more.length > 0 || parts.some((part) => part.startsWith("--from"))) {
    throw new DockerfileError(`Unsupported instruction: COPY ${rest}`);
  }
  return { from, to };
}

function parseEnvironment(rest: string): Record<string, string> {
  return Object.fromEntries(rest.split(/\s+/).map((pair) => pair.split(/=(.*)/s).slice(0, 2)));
}
