import {
  dashboardNames,
  type Environment,
  EnvironmentError,
  type EnvironmentName,
  type Overrides,
  partNames,
} from "./environment.ts";

/** The recorded settings of an environment, in which the account may be missing. */
export type EnvironmentData = Omit<Environment, "accountId"> & { readonly accountId: string | undefined };

const dev: EnvironmentData = {
  name: "dev",
  prefix: "nv-demo-dev",
  accountId: undefined, // The 12 digits of your development account, or the variable NV_DEMO_ACCOUNT_ID.
  region: "us-east-1",
  github: undefined, // Your repository, for the roles of its workflows.
  zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
  bucketSuffix: undefined,
  s3Addressing: "virtual-host",
  dataOnDestroy: "delete",
  lambdaRuntime: "nodejs24.x",
  domain: undefined,
  openIdConnect: undefined, // Your OpenID provider, such as Cognito, Entra, Okta or Keycloak.
  alarmEmail: undefined,
  logRetentionDays: 7,
  logLake: { bufferSeconds: 300 },
  tracing: { samplingRate: 0.05 }, // As of functions.
  monthlyBudget: 25,
  costAnomalyMonitorArn: undefined, // `aws ce get-anomaly-monitors` prints that of the account.
  parts: ["hello", "releases"], // What the budget allows; add the names of other parts to deploy them.
  dashboards: ["overview", "files", "hello"], // The three that are free; the overview includes all systems.
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
  notifications: {
    scheme: "https",
    addresses: undefined,
    runbooks: "links",
    retrySeconds: 10,
    windowSeconds: 60,
    maxReceives: 10, // For 51 minutes.
  },
  api: { throttling: { rate: 100, burst: 200 }, reservedConcurrency: undefined, browserOrigins: [] },
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
  shout: {
    shoutcloudUrl: "http://API.SHOUTCLOUD.IO/V1/SHOUT",
    certificateArn: undefined,
    reservedConcurrency: undefined,
  },
  sum: { certificateArn: undefined, signInOverHttp: false, healthCheckInterval: 15 },
  bastion: { allowedIps: [], sshPublicKey: undefined },
};

const prod: EnvironmentData = {
  ...dev,
  name: "prod",
  prefix: "nv-demo",
  accountId: undefined, // The 12 digits of your production account, or the variable NV_DEMO_ACCOUNT_ID.
  dataOnDestroy: "keep",
  monthlyBudget: 350,
  parts: partNames,
  dashboards: dashboardNames,
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
  api: {
    ...dev.api,
    throttling: { rate: 500, burst: 1000 },
    reservedConcurrency: 100, // Half of the database connections.
  },
  shout: { ...dev.shout, reservedConcurrency: 50 },
};

/** Like `dev`, except where the local AWS differs from AWS. */
const local: EnvironmentData = {
  ...dev,
  name: "local",
  prefix: "nv-demo", // The same names as in production, for the examples in the documentation.
  accountId: "000000000000", // Not a valid AWS account.
  // An example, so that the stack `delivery` is deployed completely; no token of GitHub is valid for this account.
  github: { owner: "octo-example", ownerId: "1234567", repository: "nv-demo", repositoryId: "7654321" },
  s3Addressing: "path", // 127.0.0.1 has no subdomains.
  logLake: { bufferSeconds: 2 }, // Entries can be queried at once.
  tracing: { samplingRate: 1 }, // Every request can be followed.
  monthlyBudget: undefined, // The local AWS costs nothing.
  parts: partNames,
  dashboards: dashboardNames,
  database: {
    ...dev.database,
    port: undefined, // Port 5432 may be in use; the local AWS chooses a free port.
    tls: "off", // The local AWS has no certificate of the authority of RDS, and no traffic leaves the machine.
  },
  cache: {
    ...dev.cache,
    port: undefined, // See the port of the database.
    tls: "off", // See the TLS setting of the database.
    auth: "none", // ElastiCache supports users only with TLS.
  },
  updates: { functionTimeout: 5, visibilityTimeout: 10, maxReceives: 3 }, // Dead letters appear within a minute.
  notifications: {
    scheme: "http", // 127.0.0.1 has no certificate.
    // Any address of the right form is one of the emulations.
    addresses: {
      slackWebhookUrl: "http://hooks.slack.com/services/T00000000/B00000000/local",
      pagerDutyRoutingKey: "0".repeat(32),
    },
    runbooks: "paths", // The repository is an example.
    retrySeconds: 1,
    windowSeconds: 20, // A digest can be seen without waiting for a minute.
    maxReceives: 3, // See the dead letters of the updates.
  },
  hello: { ...dev.hello, edgeScheme: "http" }, // 127.0.0.1 has no certificate.
  shout: { ...dev.shout, reservedConcurrency: 10 }, // Throttling can be observed.
  sum: {
    ...dev.sum,
    signInOverHttp: true, // The traffic of 127.0.0.1 does not leave the machine.
    healthCheckInterval: 5, // An unhealthy target is replaced within seconds.
  },
};

const environments: Readonly<Record<EnvironmentName, EnvironmentData>> = { local, dev, prod };

/** The recorded settings of an environment. */
export function environmentData(name: EnvironmentName): EnvironmentData {
  return environments[name];
}

/**
 * The settings of an environment.
 *
 * @throws EnvironmentError `ACCOUNT_NOT_SET` unless the recorded settings or `overrides` contain a valid account ID.
 */
export function environment(name: EnvironmentName, overrides: Overrides = {}): Environment {
  const data = { ...environments[name], ...overrides };
  const { accountId } = data;
  if (accountId === undefined || !/^\d{12}$/.test(accountId)) {
    const problem = accountId === undefined ? "has no AWS account ID" : `has the invalid AWS account ID "${accountId}"`;
    throw new EnvironmentError(
      "ACCOUNT_NOT_SET",
      `The environment "${name}" ${problem}: set the 12 digits as accountId of ${name} in ` +
        "stacks/environment/environments.ts, or in the variable NV_DEMO_ACCOUNT_ID.",
    );
  }
  return { ...data, accountId };
}
