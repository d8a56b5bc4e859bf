import { describe, expect, it } from "vitest";
import { stackOf, synthesize, testEnvironments } from "../testing/synthesize.ts";
import { type Claims, letsIn } from "../testing/trust.ts";
import type { DeliveryRoleName } from "./role-names.ts";

const { "prod with a domain": whole } = testEnvironments;
if (!whole?.github) throw new Error("no environment that has everything");
const roles = stackOf(synthesize(whole), "delivery").resource.aws_iam_role ?? {};
const trustOf = (name: DeliveryRoleName): unknown => {
  const role = Object.values(roles).find((one) => one.name === `nv-demo-delivery-${name}`);
  if (!role) throw new Error(`no role "${name}"`);
  return role.assume_role_policy;
};

const MAIN = "refs/heads/main";
const NAMES = "Octo-Example/nv-demo";
const NUMBERS = "Octo-Example@1234567/nv-demo@7654321";

/** A token of our own repository, in either of GitHub's forms. */
const token = (context: string, ref = MAIN, repository = NUMBERS): Claims => ({
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
  const trust = trustOf(name);

  it("is for the jobs that it was made for, in both forms of the subject", () => {
    for (const claims of intended[name]) expect(letsIn(trust, claims), claims.sub).toBe(true);
  });

  it("is for no job of another role's", () => {
    const own = new Set(intended[name].map(({ sub }) => sub));
    const others = names.flatMap((other) => intended[other]).filter(({ sub }) => !own.has(sub));
    expect(others.length).toBeGreaterThan(0);
    for (const claims of others) expect(letsIn(trust, claims), claims.sub).toBe(false);
  });
});

/** What the context of a role's subject is, to be forged around. */
const contexts: Readonly<Record<DeliveryRoleName, string>> = {
  review: "pull_request",
  plan: `ref:${MAIN}`,
  apply: "environment:prod",
  images: `ref:${MAIN}`,
  release: "environment:prod-releases",
};

/** Tokens that GitHub would sign for somebody, or that somebody would like it to. */
const forged: Readonly<Record<string, (context: string) => Claims>> = {
  "a fork": (context) => ({ ...token(context, MAIN, "mallory@666/nv-demo@777"), repository_id: "777" }),
  "a fork, by names": (context) => ({ ...token(context, MAIN, "mallory/nv-demo"), repository_id: "777" }),
  "another repository of the owner": (context) => ({
    ...token(context, MAIN, "Octo-Example@1234567/website@888"),
    repository_id: "888",
  }),
  "another repository of the owner, by names": (context) => ({
    ...token(context, MAIN, "Octo-Example/website"),
    repository_id: "888",
  }),
  "a repository of our name at another owner": (context) => ({
    ...token(context, MAIN, "octo-examples@999/nv-demo@889"),
    repository_id: "889",
  }),
  "the owner's old name, taken by somebody else": (context) => ({
    ...token(context, MAIN, NAMES),
    repository_id: "666",
    repository_owner_id: "667",
  }),
  "the owner's old name, with the new owner's numbers": (context) => ({
    ...token(context, MAIN, "Octo-Example@667/nv-demo@666"),
    repository_id: "666",
  }),
  "our repository after it was renamed": (context) => token(context, MAIN, "Octo-Example@1234567/renamed@7654321"),
  "our repository after it was given away": (context) => token(context, MAIN, "mallory@666/nv-demo@7654321"),
  "numbers that have changed places": (context) => token(context, MAIN, "Octo-Example@7654321/nv-demo@1234567"),
  "one number of two": (context) => token(context, MAIN, "Octo-Example@1234567/nv-demo"),
  "other letters' case in the owner": (context) => token(context, MAIN, "octo-example@1234567/nv-demo@7654321"),
  "other letters' case in the repository": (context) => token(context, MAIN, "Octo-Example/NV-Demo"),
  "a longer repository name": (context) => token(context, MAIN, "Octo-Example/nv-demo-evil"),
  "a longer owner name": (context) => token(context, MAIN, "evil-Octo-Example/nv-demo"),
  "an owner with a slash": (context) => token(context, MAIN, "mallory/Octo-Example/nv-demo"),
  "something before the subject": (context) => ({ ...token(context), sub: ` repo:${NUMBERS}:${context}` }),
  "something after the subject": (context) => token(`${context}:extra`),
  "a line's end after the subject": (context) => token(`${context}\n`),
  "a star for the context": () => token("*"),
  "a star for everything": (context) => ({ ...token(context), sub: "*" }),
  "no subject": (context) => ({ ...token(context), sub: undefined }),
  "an empty subject": (context) => ({ ...token(context), sub: "" }),
  "no audience": (context) => ({ ...token(context), aud: undefined }),
  "GitHub's own audience": (context) => ({ ...token(context), aud: "https://github.com/Octo-Example" }),
  "another cloud's audience": (context) => ({ ...token(context), aud: "api://AzureADTokenExchange" }),
  "an audience of other letters' case": (context) => ({ ...token(context), aud: "STS.amazonaws.com" }),
  "no number of the repository": (context) => ({ ...token(context), repository_id: undefined }),
  "another branch": () => token("ref:refs/heads/feature", "refs/heads/feature"),
  "a branch whose name begins with main": () => token("ref:refs/heads/main-2", "refs/heads/main-2"),
  "a branch whose name ends with main": () => token("ref:refs/heads/x/main", "refs/heads/x/main"),
  "a tag called main": () => token("ref:refs/tags/main", "refs/tags/main"),
  "a release's tag": () => token("ref:refs/tags/v1.0.0", "refs/tags/v1.0.0"),
  "another environment": () => token("environment:dev"),
  "an environment of other letters' case": () => token("environment:PROD"),
  "an environment with more behind it": () => token("environment:prod-2"),
  "a job's own claim in the context": () => token("job_workflow_ref:Octo-Example/nv-demo/.github/workflows/x.yml"),
};

describe.each(names)("forged tokens at the role %s", (name) => {
  const trust = trustOf(name);

  it.each(Object.entries(forged))("%s", (_, forge) => {
    expect(letsIn(trust, forge(contexts[name]))).toBe(false);
  });
});

describe("an approval", () => {
  it.each(["apply", "release"] as const)("counts for the main branch alone: %s", (name) => {
    const { [name]: context } = contexts;
    for (const ref of ["refs/heads/feature", "refs/tags/main", "refs/pull/7/merge", "main", ""]) {
      expect(letsIn(trustOf(name), token(context, ref)), ref).toBe(false);
    }
    expect(letsIn(trustOf(name), { ...token(context), ref: undefined })).toBe(false);
  });
});
