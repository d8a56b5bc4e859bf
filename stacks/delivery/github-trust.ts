import type { GithubRepository } from "../environment/environment.ts";

/** The issuer of the tokens of GitHub workflows: https://docs.github.com/en/actions/reference/security/oidc */
export const GITHUB_ISSUER = "token.actions.githubusercontent.com";
/** The audience of the tokens for AWS. */
export const AUDIENCE = "sts.amazonaws.com";
export const MAIN = "refs/heads/main";

/** The jobs of the repository's workflows that may assume a role. */
export interface TrustedJobs {
  /** The last part of a token's subject: `environment:dev`, `ref:refs/heads/main` or `pull_request`. */
  readonly contexts: readonly string[];
  /** The only ref on which the workflow may run; omitted for pull requests, which have many. */
  readonly ref?: string;
}

/**
 * The trust policy of a role that only the given jobs of one repository may assume.
 *
 * Every condition is an exact value. The subject is accepted in both formats of GitHub, with names only and with names
 * and IDs (https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/). The ID
 * of the repository is required as well, so that another repository that gets the same name later is rejected in both
 * formats.
 */
export function githubTrust(providerArn: string, repository: GithubRepository, { contexts, ref }: TrustedJobs): string {
  const claims = {
    aud: AUDIENCE,
    sub: contexts.flatMap((context) => subjects(repository, context)),
    repository_id: repository.repositoryId,
    ...(ref !== undefined && { ref }),
  };
  const conditions = Object.entries(claims).map(([claim, value]) => [`${GITHUB_ISSUER}:${claim}`, value]);
  const statement = {
    Effect: "Allow",
    Action: "sts:AssumeRoleWithWebIdentity",
    Principal: { Federated: providerArn },
    Condition: { StringEquals: Object.fromEntries(conditions) },
  };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

function subjects({ owner, ownerId, repository, repositoryId }: GithubRepository, context: string): string[] {
  return [
    `repo:${owner}/${repository}:${context}`,
    `repo:${owner}@${ownerId}/${repository}@${repositoryId}:${context}`,
  ];
}
