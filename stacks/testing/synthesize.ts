import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { type ServiceName, services } from "../../services/services.ts";
import type { Bundle, Bundles } from "../base/bundles.ts";
import type { HttpRoute } from "../constructs/http-api.ts";
import { type Environment, partNames } from "../environment/environment.ts";
import { environment } from "../environment/environments.ts";
import { addStacks } from "../stacks.ts";

export type Attributes = Record<string, unknown>;

/** The Terraform configuration of a synthesized stack. */
export interface SynthesizedStack {
  readonly resource: Record<string, Record<string, Attributes>>;
  readonly data?: Record<string, Record<string, Attributes>>;
  readonly locals?: Attributes;
  readonly ephemeral?: Record<string, Record<string, Attributes>>;
  readonly output?: Record<string, { value: unknown; sensitive?: boolean }>;
  readonly provider: { readonly aws: readonly Attributes[] };
  readonly terraform: { readonly backend: { readonly s3: Attributes } } & Attributes;
}

export interface Synthesized {
  readonly stacks: Readonly<Record<string, SynthesizedStack>>;
  /** Stack → the stacks that are deployed before it. */
  readonly dependencies: Readonly<Record<string, readonly string[]>>;
}

const ACCOUNT = "123456789012";
const CERTIFICATE = `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/11111111-2222-3333-4444-555555555555`;

type TestEnvironmentName = "local" | "dev" | "dev with every part" | "prod" | "prod with a domain";

/** Every environment, and two with all optional settings. */
export const testEnvironments: Readonly<Record<TestEnvironmentName, Environment>> = {
  local: environment("local"),
  dev: environment("dev", { accountId: ACCOUNT }),
  "dev with every part": environment("dev", { accountId: ACCOUNT, parts: partNames }),
  prod: environment("prod", { accountId: ACCOUNT }),
  "prod with a domain": {
    ...environment("prod", { accountId: ACCOUNT }),
    domain: "files.example.com",
    github: { owner: "Octo-Example", ownerId: "1234567", repository: "nv-demo", repositoryId: "7654321" },
    openIdConnect: {
      issuer: "https://login.example.com",
      audience: "files",
      grantsClaim: "groups",
      grants: [{ value: "staff", role: "reader", prefix: "" }],
    },
    alarmEmail: "alarms@example.com",
    bucketSuffix: ACCOUNT,
    shout: { ...environment("prod", { accountId: ACCOUNT }).shout, certificateArn: CERTIFICATE },
    sum: { ...environment("prod", { accountId: ACCOUNT }).sum, certificateArn: CERTIFICATE },
    bastion: {
      allowedIps: ["203.0.113.7/32", "198.51.100.0/24"],
      sshPublicKey: "ssh-ed25519 AAAAC3Nz you@example.com",
    },
  },
};

/** The routes of the Files API. */
export type TestRoutes = Readonly<Record<"files" | "users" | "ui" | "docs", readonly HttpRoute[]>>;

const testRoutes: TestRoutes = {
  files: [
    { method: "GET", path: "/", authorization: "user" },
    { method: "GET", path: "/{key+}", authorization: "user" },
    { method: "GET", path: "/health", authorization: "none" },
  ],
  users: [{ method: "GET", path: "/api/me", authorization: "user" }],
  ui: [{ method: "GET", path: "/ui", authorization: "none" }],
  docs: [{ method: "GET", path: "/api/openapi.json", authorization: "none" }],
};

const publicRoutes: readonly HttpRoute[] = [{ method: "ANY", path: "/{path+}", authorization: "none" }];

/** The JSON of what was synthesized before, by the JSON of the arguments: many tests look at the same environments. */
const synthesized = new Map<string, string>();

/** Synthesizes the stacks of an environment with placeholders for the bundles. */
export function synthesize(environment: Environment, routes: TestRoutes = testRoutes): Synthesized {
  const key = JSON.stringify([environment, routes]);
  const json = synthesized.get(key) ?? JSON.stringify(synthesizeOnce(environment, routes));
  synthesized.set(key, json);
  return JSON.parse(json) as Synthesized;
}

function synthesizeOnce(environment: Environment, routes: TestRoutes): Synthesized {
  const folder = mkdtempSync(join(tmpdir(), "nv-demo-stacks-"));
  try {
    const app = new App({ outdir: folder, stackTraces: false });
    addStacks(app, {
      environment,
      bundles: fakeBundles(folder),
      routes: { ...routes, hello: publicRoutes, releases: publicRoutes },
    });
    app.synth();
    return read(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All resources of a type. */
export function resources(stack: SynthesizedStack, type: string): Attributes[] {
  return Object.values(stack.resource[type] ?? {});
}

/**
 * The only resource of a type.
 *
 * @throws Error when there is none, or more than one.
 */
export function resource(stack: SynthesizedStack, type: string): Attributes {
  const [only, ...more] = resources(stack, type);
  if (!only || more.length > 0) throw new Error(`Expected one ${type}, found ${more.length + (only ? 1 : 0)}.`);
  return only;
}

/**
 * The stack with a name.
 *
 * @throws Error when there is none.
 */
export function stackOf({ stacks }: Synthesized, name: string): SynthesizedStack {
  const stack = stacks[name];
  if (!stack) throw new Error(`There is no stack "${name}".`);
  return stack;
}

/** The statements of a policy, in which references are not resolved. */
export function statements(policy: unknown): Record<string, unknown>[] {
  return (JSON.parse(String(policy)) as { Statement: Record<string, unknown>[] }).Statement;
}

function fakeBundles(folder: string): Bundles {
  const bundle = (name: string): Bundle => {
    const path = join(folder, `${name}.zip`);
    writeFileSync(path, name);
    return { path, sha256: Buffer.from(name.padEnd(32)).toString("base64") };
  };
  return Object.fromEntries(Object.keys(services).map((name) => [name, bundle(name)])) as Record<ServiceName, Bundle>;
}

function read(folder: string): Synthesized {
  const json = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), "utf8"));
  const { stacks } = json("manifest.json") as {
    stacks: Record<string, { synthesizedStackPath: string; dependencies: string[] }>;
  };
  const names = Object.entries(stacks);
  return {
    stacks: Object.fromEntries(
      names.map(([name, { synthesizedStackPath }]) => [
        name,
        withResources(json(synthesizedStackPath) as Omit<SynthesizedStack, "resource">),
      ]),
    ),
    dependencies: Object.fromEntries(names.map(([name, { dependencies }]) => [name, dependencies.toSorted()])),
  };
}

/** cdktf omits the resources of a stack that has only outputs. */
const withResources = (stack: Omit<SynthesizedStack, "resource">): SynthesizedStack => ({ resource: {}, ...stack });
