import { type Environment, EnvironmentError, type EnvironmentName, type Overrides, partNames } from "./environment.ts";

/** An environment as this file records it. */
export type EnvironmentData = Omit<Environment, "accountId"> & { readonly accountId: string | undefined };

const dev: EnvironmentData = {
  name: "dev",
  prefix: "nv-demo-dev",
  accountId: undefined, // the twelve digits of your account for development, or the variable NV_DEMO_ACCOUNT_ID
  region: "us-east-1",
  github: undefined, // your repository, for the roles of its workflows
  zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
  bucketSuffix: undefined,
  s3Addressing: "virtual-host",
  dataOnDestroy: "delete",
  lambdaRuntime: "nodejs24.x",
  domain: undefined,
  alarmEmail: undefined,
  logRetentionDays: 7,
  monthlyBudget: 25,
  parts: ["hello", "releases"], // all that the budget takes; each of the others is a word away
  network: { natGateways: "one", endpointZones: 1 },
  database: {
    instanceClass: "db.t4g.micro",
    storage: { initial: 20, maximum: 50 },
    connections: 100,
    multiAz: false,
    deletionProtection: false,
    backupDays: 7,
    port: 5432,
    tls: "verify-full",
  },
  cache: { nodeType: "cache.t4g.micro", nodes: 1, port: 6379, tls: "on", auth: "iam" },
  updates: { functionTimeout: 30, visibilityTimeout: 180, maxReceives: 5 },
  api: { throttling: { rate: 100, burst: 200 }, reservedConcurrency: undefined },
  hello: {
    stages: [
      { name: "live", subdomain: "hello", throttling: { rate: 500, burst: 1000 } },
      { name: "test", subdomain: "hello-test", throttling: { rate: 20, burst: 40 } },
    ],
    edgeScheme: "https",
  },
  releases: {
    stages: { dev: { follows: "newest" }, test: { follows: "releases" }, live: { follows: "releases" } },
    throttling: { rate: 1000, burst: 2000 },
  },
  shout: { shoutcloudUrl: "http://API.SHOUTCLOUD.IO/V1/SHOUT", certificateArn: undefined },
  sum: { certificateArn: undefined, healthCheckInterval: 15 },
  bastion: { allowedIps: [], sshPublicKey: undefined },
};

const prod: EnvironmentData = {
  ...dev,
  name: "prod",
  prefix: "nv-demo",
  accountId: undefined, // the twelve digits of your account for production, or the variable NV_DEMO_ACCOUNT_ID
  dataOnDestroy: "keep",
  monthlyBudget: 350,
  parts: partNames,
  network: { natGateways: "per-zone", endpointZones: 3 },
  database: {
    ...dev.database,
    instanceClass: "db.t4g.small",
    storage: { initial: 20, maximum: 500 },
    connections: 200,
    multiAz: true,
    deletionProtection: true,
    backupDays: 30,
  },
  cache: { ...dev.cache, nodes: 2 },
  api: { throttling: { rate: 500, burst: 1000 }, reservedConcurrency: 100 }, // half of the database's connections
};

/** As `dev`, and different only where a machine is not AWS. */
const local: EnvironmentData = {
  ...dev,
  name: "local",
  prefix: "nv-demo", // so that the names in every example are those of production
  accountId: "000000000000", // no AWS account has this number
  // an example, so that everything of delivery is deployed here as well; no token of GitHub's is for this account
  github: { owner: "octo-example", ownerId: "1234567", repository: "nv-demo", repositoryId: "7654321" },
  s3Addressing: "path", // 127.0.0.1 has no subdomains
  monthlyBudget: undefined, // this machine is paid for
  parts: partNames,
  database: {
    ...dev.database,
    port: undefined, // 5432 may be taken on this machine: the stand-in finds a free port
    tls: "off", // the stand-in has no certificate that RDS's authority signed, and nothing leaves the machine
  },
  cache: {
    ...dev.cache,
    port: undefined, // as the database's
    tls: "off", // as the database's
    auth: "none", // ElastiCache takes users only where it takes TLS
  },
  updates: { functionTimeout: 5, visibilityTimeout: 10, maxReceives: 3 }, // a poisoned event is put aside while one watches
  hello: { ...dev.hello, edgeScheme: "http" }, // 127.0.0.1 has no certificate
  sum: { ...dev.sum, healthCheckInterval: 5 }, // a dead target is replaced while one watches
};

const environments: Readonly<Record<EnvironmentName, EnvironmentData>> = { local, dev, prod };

/** What is recorded of an environment, its account perhaps not among it. */
export function environmentData(name: EnvironmentName): EnvironmentData {
  return environments[name];
}

/** @throws EnvironmentError `AccountNotSet` when neither the data nor `overrides` name the account. */
export function environment(name: EnvironmentName, overrides: Overrides = {}): Environment {
  const data = { ...environments[name], ...overrides };
  const { accountId } = data;
  if (accountId === undefined || !/^\d{12}$/.test(accountId)) {
    throw new EnvironmentError(
      "AccountNotSet",
      `The environment "${name}" has no AWS account: give its 12 digits as accountId of ${name} in stacks/environments.ts, or in the variable NV_DEMO_ACCOUNT_ID.`,
    );
  }
  return { ...data, accountId };
}
