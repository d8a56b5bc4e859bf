import { parseAwsCliVersion } from "@nv-demo/local-aws";
import * as v from "valibot";
import { type Check, type Finding, fail, ok, warn } from "./finding.ts";

/** The queries of the machine that the checks need. */
export interface Machine {
  /** Standard output of a program; undefined if the program does not exist or fails. */
  output(program: string, args: readonly string[]): Promise<string | undefined>;
  /** Free bytes on the disk of a folder that may not exist yet. */
  freeBytes(folder: string): Promise<number>;
  /** Whether a program may listen on 127.0.0.1. */
  canListen(): Promise<boolean>;
}

/** The first version with S3 lock files: https://developer.hashicorp.com/terraform/language/backend/s3#use_lockfile */
const TERRAFORM = [1, 11] as const;
const NODE = [20, 15] as const;
const GIBIBYTE = 1024 ** 3;
/** Bytes: the providers for a deployment to AWS; databases, processes and files for a local one. */
const DISK = 2 * GIBIBYTE;

/** Checks versions, disk space and ports. @param folder the folder that a deployment writes to. */
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
          ? ok("programs can listen on free ports of 127.0.0.1")
          : fail("no program can listen on 127.0.0.1", "Allow programs to listen on the loopback address."),
    },
  ];
}

/** Checks for Docker, which builds the container images unless a workflow builds them. */
export function dockerCheck(machine: Machine): Check {
  return {
    name: "Docker",
    run: async () => {
      const version = await machine.output("docker", ["version", "--format", "{{.Server.Version}}"]);
      if (version) return ok(version);
      return warn(
        "not running",
        "Start Docker before deploying or building images, or let the workflow build the images of Sum.",
      );
    },
  };
}

/** Checks that the AWS CLI, which is optional, sends its requests to the local AWS and not to AWS. */
export function awsCliCheck(machine: Machine): Check {
  return {
    name: "AWS CLI",
    run: async () => {
      const output = await machine.output("aws", ["--version"]);
      if (output === undefined) return ok("not installed; npm run info, logs and output work without it");
      const { version, readsEndpointVariable } = parseAwsCliVersion(output);
      const found = version ?? "unknown version";
      if (readsEndpointVariable) return ok(found);
      return warn(
        `${found} does not read AWS_ENDPOINT_URL`,
        "Call it as npm run local -- aws, or install 2.13 or newer.",
      );
    },
  };
}

function nodeVersion(output: string | undefined): Finding {
  if (output !== undefined && isAtLeast(output, NODE)) return ok(output);
  return fail(
    output ?? "not found",
    `Install Node.js ${NODE.join(".")} or newer; npm ci then installs the version that the commands run on.`,
  );
}

function npmVersion(output: string | undefined): Finding {
  return output === undefined ? fail("not found", "Install npm; Node.js includes it.") : ok(output);
}

const TerraformVersion = v.pipe(v.string(), v.parseJson(), v.object({ terraform_version: v.string() }));

function terraformVersion(output: string | undefined): Finding {
  const todo = `Install Terraform ${TERRAFORM.join(".")} or newer: https://developer.hashicorp.com/terraform/install`;
  if (output === undefined) return fail("not found", todo);
  const { terraform_version: version } = v.parse(TerraformVersion, output);
  return isAtLeast(version, TERRAFORM) ? ok(version) : fail(version, todo);
}

function disk(free: number, folder: string): Finding {
  const says = `${(free / GIBIBYTE).toFixed(1)} GiB are free for ${folder}`;
  return free >= DISK ? ok(says) : warn(says, `Free disk space: a deployment needs up to ${DISK / GIBIBYTE} GiB.`);
}

function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [, first = 0, second = 0] = (/(\d+)\.(\d+)/.exec(version) ?? []).map(Number);
  return first > major || (first === major && second >= minor);
}
