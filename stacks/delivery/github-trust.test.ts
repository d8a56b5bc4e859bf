import { describe, expect, it } from "vitest";
import { stackOf, synthesize, testEnvironments } from "../testing/synthesize.ts";
import { acceptsToken, type Claims } from "../testing/token-trust.ts";
import type { DeliveryRoleName } from "./role-names.ts";

const production = synthesize(testEnvironments["prod with a domain"]);
const roles = stackOf(production, "delivery").resource.aws_iam_role ?? {};
const trustPolicyOf = (name: DeliveryRoleName): unknown => {
  const role = Object.values(roles).find((candidate) => candidate.name === `nv-demo-delivery-${name}`);
  if (!role) throw new Error(`There is no role "${name}".`);
  return role.assume_role_policy;
};

const MAIN = "refs/heads/main";
const NAMES = "Octo-Example/nv-demo";
const NAMES_AND_IDS = "Octo-Example@1234567/nv-demo@7654321";

/** A token for our repository, in either format of GitHub. */
const token = (context: string, ref = MAIN, repository = NAMES_AND_IDS): Claims => ({
  iss: "https://token.actions.githubusercontent.com",
  aud: "sts.amazonaws.com",
  sub: `repo:${repository}:${context}`,
  repository_id: "7654321",
  repository_owner_id: "1234567",
  ref,
});

const intended: Readonly<Record<DeliveryRoleName, readonly Claims[]>> = {
  review: [token("pull_request", "refs/pull/7/merge"), token("pull_request", "refs/pull/7/merge", NAMES)],
  plan: [token(`ref:${MAIN}`), token(`ref:${MAIN}`, MAIN, NAMES)],
  apply: [token("environment:prod"), token("environment:prod", MAIN, NAMES)],
  images: [token(`ref:${MAIN}`), token(`ref:${MAIN}`, MAIN, NAMES)],
  release: [token("environment:prod-releases"), token("environment:prod-releases", MAIN, NAMES)],
};
const names = Object.keys(intended) as DeliveryRoleName[];

describe.each(names)("the role %s", (name) => {
  const trust = trustPolicyOf(name);

  it("accepts tokens of its own jobs in both formats of the subject", () => {
    for (const claims of intended[name]) expect(acceptsToken(trust, claims), claims.sub).toBe(true);
  });

  it("rejects tokens of the jobs of other roles", () => {
    const own = new Set(intended[name].map(({ sub }) => sub));
    const others = names.flatMap((other) => intended[other]).filter(({ sub }) => !own.has(sub));
    expect(others.length).toBeGreaterThan(0);
    for (const claims of others) expect(acceptsToken(trust, claims), claims.sub).toBe(false);
  });
});

/** The context in the subject of each role, the basis of the forged tokens. */
const contexts: Readonly<Record<DeliveryRoleName, string>> = {
  review: "pull_request",
  plan: `ref:${MAIN}`,
  apply: "environment:prod",
  images: `ref:${MAIN}`,
  release: "environment:prod-releases",
};

/** Tokens that GitHub signs for other repositories and jobs, and tokens that it never signs. */
const forged: Readonly<Record<string, (context: string) => Claims>> = {
  "a fork": (context) => ({ ...token(context, MAIN, "mallory@666/nv-demo@777"), repository_id: "777" }),
  "a fork, names only": (context) => ({ ...token(context, MAIN, "mallory/nv-demo"), repository_id: "777" }),
  "another repository of the owner": (context) => ({
    ...token(context, MAIN, "Octo-Example@1234567/website@888"),
    repository_id: "888",
  }),
  "another repository of the owner, names only": (context) => ({
    ...token(context, MAIN, "Octo-Example/website"),
    repository_id: "888",
  }),
  "a repository with the same name and another owner": (context) => ({
    ...token(context, MAIN, "octo-examples@999/nv-demo@889"),
    repository_id: "889",
  }),
  "a former name of the owner that now belongs to another account": (context) => ({
    ...token(context, MAIN, NAMES),
    repository_id: "666",
    repository_owner_id: "667",
  }),
  "a former name of the owner with the IDs of the new owner": (context) => ({
    ...token(context, MAIN, "Octo-Example@667/nv-demo@666"),
    repository_id: "666",
  }),
  "our repository after a rename": (context) => token(context, MAIN, "Octo-Example@1234567/renamed@7654321"),
  "our repository after a transfer": (context) => token(context, MAIN, "mallory@666/nv-demo@7654321"),
  "swapped IDs": (context) => token(context, MAIN, "Octo-Example@7654321/nv-demo@1234567"),
  "the ID of the owner only": (context) => token(context, MAIN, "Octo-Example@1234567/nv-demo"),
  "the owner in a different case": (context) => token(context, MAIN, "octo-example@1234567/nv-demo@7654321"),
  "the repository in a different case": (context) => token(context, MAIN, "Octo-Example/NV-Demo"),
  "a longer repository name": (context) => token(context, MAIN, "Octo-Example/nv-demo-evil"),
  "a longer owner name": (context) => token(context, MAIN, "evil-Octo-Example/nv-demo"),
  "an owner with a slash": (context) => token(context, MAIN, "mallory/Octo-Example/nv-demo"),
  "a prefix before the subject": (context) => ({ ...token(context), sub: ` repo:${NAMES_AND_IDS}:${context}` }),
  "a suffix after the subject": (context) => token(`${context}:extra`),
  "a line break after the subject": (context) => token(`${context}\n`),
  "a wildcard as the context": () => token("*"),
  "a wildcard as the subject": (context) => ({ ...token(context), sub: "*" }),
  "no subject": (context) => ({ ...token(context), sub: undefined }),
  "an empty subject": (context) => ({ ...token(context), sub: "" }),
  "no audience": (context) => ({ ...token(context), aud: undefined }),
  "the default audience of GitHub": (context) => ({ ...token(context), aud: "https://github.com/Octo-Example" }),
  "the audience of another cloud provider": (context) => ({ ...token(context), aud: "api://AzureADTokenExchange" }),
  "the audience in a different case": (context) => ({ ...token(context), aud: "STS.amazonaws.com" }),
  "no repository ID": (context) => ({ ...token(context), repository_id: undefined }),
  "another branch": () => token("ref:refs/heads/feature", "refs/heads/feature"),
  "a branch whose name starts with main": () => token("ref:refs/heads/main-2", "refs/heads/main-2"),
  "a branch whose name ends with main": () => token("ref:refs/heads/x/main", "refs/heads/x/main"),
  "a tag named main": () => token("ref:refs/tags/main", "refs/tags/main"),
  "the tag of a release": () => token("ref:refs/tags/v1.0.0", "refs/tags/v1.0.0"),
  "another environment": () => token("environment:dev"),
  "the environment in a different case": () => token("environment:PROD"),
  "an environment whose name starts with prod": () => token("environment:prod-2"),
  "another claim in the context": () => token("job_workflow_ref:Octo-Example/nv-demo/.github/workflows/x.yml"),
};

describe.each(names)("the role %s rejects a token with", (name) => {
  const trust = trustPolicyOf(name);

  it.each(Object.entries(forged))("%s", (_, forge) => {
    expect(acceptsToken(trust, forge(contexts[name]))).toBe(false);
  });
});

it.each(["apply", "release"] as const)("accepts approved jobs of the role %s on the main branch only", (name) => {
  const { [name]: context } = contexts;
  const trust = trustPolicyOf(name);
  for (const ref of ["refs/heads/feature", "refs/tags/main", "refs/pull/7/merge", "main", ""]) {
    expect(acceptsToken(trust, token(context, ref)), ref).toBe(false);
  }
  expect(acceptsToken(trust, { ...token(context), ref: undefined })).toBe(false);
});
