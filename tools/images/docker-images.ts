import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type ECRClient, GetAuthorizationTokenCommand } from "@aws-sdk/client-ecr";
import { DOCKERFILE, type Push } from "./wanted-images.ts";

/** Fargate's tasks are arm64. */
const PLATFORM = "linux/arm64";

/** Images for AWS: built and pushed by Docker, which must run on this machine. */
export const pushByDocker =
  (client: ECRClient): Push =>
  async ({ uri, name, context }) => {
    const folder = mkdtempSync(join(tmpdir(), "nv-demo-image-"));
    try {
      for (const [file, content] of Object.entries(context)) writeFileSync(join(folder, basename(file)), content);
      await signIn(client, name.registry);
      await docker(["buildx", "build", "--platform", PLATFORM, "--file", DOCKERFILE, "--tag", uri, "--push", folder]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

async function signIn(client: ECRClient, registry: string): Promise<void> {
  const { authorizationData } = await client.send(new GetAuthorizationTokenCommand({}));
  const token = Buffer.from(authorizationData?.[0]?.authorizationToken ?? "", "base64").toString("utf8");
  const [user = "", password = ""] = token.split(/:(.*)/s);
  // by its standard input: arguments can be seen by every process of the machine
  await docker(["login", "--username", user, "--password-stdin", registry], password);
}

function docker(args: readonly string[], input = ""): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("docker", args, { stdio: ["pipe", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-4_000);
    });
    child.on("error", (cause) =>
      reject(new Error("Docker is needed to build the images, and cannot be run", { cause })),
    );
    child.on("close", (code) => (code === 0 ? resolve() : reject(new Error(`docker ${args[0]} failed:\n${said}`))));
    child.stdin.end(input);
  });
}
