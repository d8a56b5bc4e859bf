import {
  type Environment,
  EnvironmentError,
  environmentNames,
  type GithubRepository,
  isEnvironmentName,
  type PartName,
  partNames,
} from "./environment.ts";
import { environment } from "./environments.ts";

/**
 * Reads the environment from the environment variables:
 *
 * - `NV_DEMO_ENVIRONMENT`: the name; defaults to `local`, which affects no AWS account
 * - `NV_DEMO_ACCOUNT_ID`, `NV_DEMO_DOMAIN`
 * - `NV_DEMO_PARTS`: comma-separated names, or `all`
 * - `NV_DEMO_GITHUB`: `<owner>@<ID>/<repository>@<ID>`
 * - `NV_DEMO_LAMBDA_RUNTIME`, `NV_DEMO_S3_ADDRESSING`: for AWS emulators
 *
 * @throws EnvironmentError
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const name = variables.NV_DEMO_ENVIRONMENT || "local";
  if (!isEnvironmentName(name)) {
    throw new EnvironmentError(
      "UNKNOWN_ENVIRONMENT",
      `NV_DEMO_ENVIRONMENT is "${name}"; it must be one of ${environmentNames.join(", ")}.`,
    );
  }
  const {
    NV_DEMO_ACCOUNT_ID,
    NV_DEMO_DOMAIN,
    NV_DEMO_GITHUB,
    NV_DEMO_LAMBDA_RUNTIME,
    NV_DEMO_PARTS,
    NV_DEMO_S3_ADDRESSING,
  } = variables;
  return environment(name, {
    ...(NV_DEMO_ACCOUNT_ID && { accountId: NV_DEMO_ACCOUNT_ID }),
    ...(NV_DEMO_DOMAIN && { domain: NV_DEMO_DOMAIN }),
    ...(NV_DEMO_GITHUB && { github: githubRepository(NV_DEMO_GITHUB) }),
    ...(NV_DEMO_LAMBDA_RUNTIME && { lambdaRuntime: NV_DEMO_LAMBDA_RUNTIME }),
    ...(NV_DEMO_PARTS && { parts: parts(NV_DEMO_PARTS) }),
    ...(NV_DEMO_S3_ADDRESSING && { s3Addressing: s3Addressing(NV_DEMO_S3_ADDRESSING) }),
  });
}

function githubRepository(value: string): GithubRepository {
  const [, owner, ownerId, repository, repositoryId] = /^([\w-]+)@(\d+)\/([\w.-]+)@(\d+)$/.exec(value) ?? [];
  if (owner && ownerId && repository && repositoryId) return { owner, ownerId, repository, repositoryId };
  throw new EnvironmentError(
    "INVALID_GITHUB_REPOSITORY",
    `NV_DEMO_GITHUB is "${value}"; it must be <owner>@<ID>/<repository>@<ID>.`,
  );
}

function s3Addressing(value: string): Environment["s3Addressing"] {
  if (value === "path" || value === "virtual-host") return value;
  throw new EnvironmentError(
    "INVALID_S3_ADDRESSING",
    `NV_DEMO_S3_ADDRESSING is "${value}"; it must be path or virtual-host.`,
  );
}

function parts(value: string): readonly PartName[] {
  if (value === "all") return partNames;
  return value.split(",").map((name) => {
    const part = partNames.find((known) => known === name.trim());
    if (part) return part;
    throw new EnvironmentError(
      "UNKNOWN_PART",
      `NV_DEMO_PARTS contains "${name}"; the parts are ${partNames.join(", ")}, or all.`,
    );
  });
}
