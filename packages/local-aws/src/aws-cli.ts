import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** The AWS CLI on a PATH. */
export interface AwsCli {
  /** Such as `aws-cli/2.9.19`; undefined when the program does not tell its version. */
  readonly version: string | undefined;
  /** Whether it sends its requests to `AWS_ENDPOINT_URL`. */
  readonly readsEndpointVariable: boolean;
}

/**
 * Major version → the first minor version that reads `AWS_ENDPOINT_URL`:
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
const FIRST_MINOR: Readonly<Record<number, number>> = { 1: 29, 2: 13 };
/** ms for the program to print its version. */
const TIMEOUT = 30_000;
/** Nothing listens there, so a request that is not for this machine ends here. */
const NO_PROXY_SERVER = "http://127.0.0.1:1";

/** @param output of `aws --version`. */
export function parseAwsCliVersion(output: string): AwsCli {
  const [version, major, minor] = /aws-cli\/(\d+)\.(\d+)\.\d+\S*/.exec(output) ?? [];
  const first = FIRST_MINOR[Number(major)] ?? (Number(major) > 2 ? 0 : Number.POSITIVE_INFINITY);
  return { version, readsEndpointVariable: Number(minor) >= first };
}

/** Finds out the version of the AWS CLI. @returns undefined when there is none. */
export async function findAwsCli(environment: NodeJS.ProcessEnv, program = "aws"): Promise<AwsCli | undefined> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, ["--version"], {
      env: environment,
      timeout: TIMEOUT,
    });
    return parseAwsCliVersion(`${stdout}\n${stderr}`); // Older releases print it to standard error.
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    return missing ? undefined : { version: undefined, readsEndpointVariable: false };
  }
}

/** A call of an AWS CLI. */
export interface AwsCliCall {
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * The call for an AWS CLI that does not read `AWS_ENDPOINT_URL`: it names the endpoint as an option, and a proxy that
 * does not exist ends every request to another host, as of a command that ignores the option.
 */
export function keepLocal({ args, environment }: AwsCliCall, endpoint: string): AwsCliCall {
  const named = args.some((argument) => argument === "--endpoint-url" || argument.startsWith("--endpoint-url="));
  const proxies = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"].flatMap((name) => [name, name.toLowerCase()]);
  return {
    args: named ? args : ["--endpoint-url", endpoint, ...args],
    environment: {
      ...environment,
      ...Object.fromEntries(proxies.map((name) => [name, NO_PROXY_SERVER])),
      NO_PROXY: "127.0.0.1,localhost",
      no_proxy: "127.0.0.1,localhost",
    },
  };
}
