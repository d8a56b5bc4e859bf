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
 * The environment that the variables choose: `NV_DEMO_ENVIRONMENT` (default `local`, which no AWS account can be harmed by),
 * `NV_DEMO_ACCOUNT_ID`, `NV_DEMO_DOMAIN`, `NV_DEMO_PARTS` (names with commas between them, or `all`), and for AWS emulators
 * `NV_DEMO_GITHUB` (`<owner>@<number>/<repository>@<number>`), `NV_DEMO_LAMBDA_RUNTIME` and `NV_DEMO_S3_ADDRESSING`.
 *
 * @throws EnvironmentError
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const name = variables.NV_DEMO_ENVIRONMENT || "local";
  if (!isEnvironmentName(name)) {
    throw new EnvironmentError(
      "UnknownEnvironment",
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

function githubRepository(told: string): GithubRepository {
  const [, owner, ownerId, repository, repositoryId] = /^([\w-]+)@(\d+)\/([\w.-]+)@(\d+)$/.exec(told) ?? [];
  if (owner && ownerId && repository && repositoryId) return { owner, ownerId, repository, repositoryId };
  throw new EnvironmentError(
    "UnknownGithubRepository",
    `NV_DEMO_GITHUB is "${told}"; it must be <owner>@<number>/<repository>@<number>.`,
  );
}

function s3Addressing(told: string): Environment["s3Addressing"] {
  if (told === "path" || told === "virtual-host") return told;
  throw new EnvironmentError(
    "UnknownS3Addressing",
    `NV_DEMO_S3_ADDRESSING is "${told}"; it must be path or virtual-host.`,
  );
}

function parts(told: string): readonly PartName[] {
  if (told === "all") return partNames;
  return told.split(",").map((name) => {
    const part = partNames.find((known) => known === name.trim());
    if (part) return part;
    throw new EnvironmentError(
      "UnknownPart",
      `NV_DEMO_PARTS has "${name}"; there are ${partNames.join(", ")}, or all.`,
    );
  });
}
