import type { GithubRepository } from "../environment/environment.ts";

/** Who issues the tokens of GitHub's workflows: https://docs.github.com/en/actions/reference/security/oidc */
export const GITHUB_ISSUER = "token.actions.githubusercontent.com";
/** For whom a token is made out. */
export const AUDIENCE = "sts.amazonaws.com";
export const MAIN = "refs/heads/main";

/** Which jobs of the repository's workflows are trusted. */
export interface TrustedJobs {
  /** The end of a token's subject: `environment:dev`, `ref:refs/heads/main`, `pull_request`. */
  readonly contexts: readonly string[];
  /** The only branch or tag that the workflow may run on; left out where the context says it already, or a pull request has many. */
  readonly ref?: string;
}

/**
 * Who may take a role: the jobs named, of this one repository, and nobody else on GitHub.
 *
 * Every condition is an exact value. The subject is accepted in both of GitHub's forms, the one with names alone and the one with names and ids
 * (https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/); the repository's id is asked for besides, so that
 * a repository that comes to bear this name later is refused in either form.
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
