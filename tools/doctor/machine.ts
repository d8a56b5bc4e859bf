import { type Check, type Finding, fail, ok, warn } from "./finding.ts";

/** What the checks ask of the machine that runs the commands. */
export interface Machine {
  /** Standard output of a program, undefined when there is no such program. */
  output(program: string, args: readonly string[]): Promise<string | undefined>;
  /** Bytes that are free where the folder is, or would be. */
  freeBytes(folder: string): Promise<number>;
  /** Whether a program may listen on 127.0.0.1. */
  canListen(): Promise<boolean>;
}

/** Of the commands themselves: https://developer.hashicorp.com/terraform/language/backend/s3#use_lockfile came with it. */
const TERRAFORM = [1, 11] as const;
const NODE = [20, 15] as const;
const GIBIBYTE = 1024 ** 3;
/** Providers and their schema for AWS; a database, programs and files for this machine. */
const DISK = 2 * GIBIBYTE;

/** Versions, disk and ports. @param folder where a deployment keeps its files. */
export function machineChecks(machine: Machine, folder: string): Check[] {
  return [
    { name: "Node.js", run: async () => nodeVersion(await machine.output("node", ["--version"])) },
    { name: "npm", run: async () => npmVersion(await machine.output("npm", ["--version"])) },
    { name: "Terraform", run: async () => terraformVersion(await machine.output("terraform", ["version", "-json"])) },
    { name: "disk", run: async () => disk(await machine.freeBytes(folder), folder) },
    {
      name: "ports",
      run: async () =>
        (await machine.canListen())
          ? ok("programs may listen on 127.0.0.1, on ports that are free")
          : fail("nothing can listen on 127.0.0.1", "Allow programs to listen on the loopback address."),
    },
  ];
}

/** Container images are built on this machine where they are not built in a workflow. */
export function dockerCheck(machine: Machine): Check {
  return {
    name: "Docker",
    run: async () => {
      const version = await machine.output("docker", ["version", "--format", "{{.Server.Version}}"]);
      if (version) return ok(version);
      return warn(
        "not running",
        "Start Docker before npm run deploy or npm run images, or let the workflow build the images of Sum.",
      );
    },
  };
}

function nodeVersion(told: string | undefined): Finding {
  if (told !== undefined && isAtLeast(told, NODE)) return ok(told);
  return fail(
    told ?? "not found",
    `Install Node.js ${NODE.join(".")} or newer; it brings the version that the commands run on.`,
  );
}

function npmVersion(told: string | undefined): Finding {
  return told === undefined ? fail("not found", "Install npm; it comes with Node.js.") : ok(told);
}

function terraformVersion(told: string | undefined): Finding {
  const todo = `Install Terraform ${TERRAFORM.join(".")} or newer: https://developer.hashicorp.com/terraform/install`;
  if (told === undefined) return fail("not found", todo);
  const { terraform_version: version } = JSON.parse(told) as { terraform_version: string };
  return isAtLeast(version, TERRAFORM) ? ok(version) : fail(version, todo);
}

function disk(free: number, folder: string): Finding {
  const says = `${(free / GIBIBYTE).toFixed(1)} GiB are free for ${folder}`;
  return free >= DISK ? ok(says) : warn(says, `Make room: a deployment takes up to ${DISK / GIBIBYTE} GiB.`);
}

function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [, first = 0, second = 0] = (/(\d+)\.(\d+)/.exec(version) ?? []).map(Number);
  return first > major || (first === major && second >= minor);
}
