import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type ECRClient, GetAuthorizationTokenCommand } from "@aws-sdk/client-ecr";
import { CommandError } from "../command-line/errors.ts";
import { DOCKERFILE, type PushImage } from "./required-images.ts";

/** The Fargate tasks run on arm64. */
const PLATFORM = "linux/arm64";
/** Characters of Docker's standard error that an error message quotes. */
const QUOTED_ERRORS = 4_000;

/** Docker cannot be run, or failed. */
export class DockerError extends CommandError {
  override readonly name = "DockerError";
  readonly code = "DOCKER_FAILED";
}

/** Builds and pushes images for AWS with Docker, which must run on this machine. */
export const pushWithDocker =
  (client: ECRClient): PushImage =>
  async ({ uri, name, context }) => {
    const folder = mkdtempSync(join(tmpdir(), "nv-demo-image-"));
    try {
      for (const [file, content] of Object.entries(context)) writeFileSync(join(folder, basename(file)), content);
      await logIn(client, name.registry);
      await docker(["buildx", "build", "--platform", PLATFORM, "--file", DOCKERFILE, "--tag", uri, "--push", folder]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

async function logIn(client: ECRClient, registry: string): Promise<void> {
  const { authorizationData } = await client.send(new GetAuthorizationTokenCommand({}));
  const token = Buffer.from(authorizationData?.[0]?.authorizationToken ?? "", "base64").toString("utf8");
  const [user = "", password = ""] = token.split(/:(.*)/s);
  // On standard input, because every process of the machine can read arguments.
  await docker(["login", "--username", user, "--password-stdin", registry], password);
}

function docker(args: readonly string[], input = ""): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("docker", args, { stdio: ["pipe", "ignore", "pipe"] });
    let errors = "";
    child.stderr.on("data", (chunk: Buffer) => {
      errors = `${errors}${chunk}`.slice(-QUOTED_ERRORS);
    });
    child.on("error", (cause) =>
      reject(
        new DockerError("The images are built with Docker, which could not be run: install and start it.", { cause }),
      ),
    );
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new DockerError(`docker ${args[0]} failed:\n${errors}`)),
    );
    child.stdin.end(input);
  });
}
