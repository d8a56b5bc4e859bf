import { createHash, createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "iovalkey";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Access } from "../../gateway/protocol.ts";
import { signingKey } from "../../gateway/signature.ts";
import { openAccess } from "../../gateway/testing/served-service.ts";
import { TerraformWorkspace } from "../../provider/testing/terraform.ts";
import { arn, REGION } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";
import { Ports } from "../../runtime/ports.ts";
import { replicationGroupArn } from "./caches.ts";
import { ElastiCache } from "./elasticache.ts";

let directory: string;
let ports: Ports;
let elastiCache: ElastiCache;
let workspace: TerraformWorkspace;
/** Actions and resources that are denied. */
let denied: string[];
let now: number;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "elasticache-"));
  ports = new Ports(join(directory, "ports.jsonl"));
  denied = [];
  now = Date.now();
  elastiCache = new ElastiCache({ ports, access });
  workspace = new TerraformWorkspace(elastiCache.terraform);
  await workspace.start();
});

afterEach(async () => {
  workspace.stop();
  await elastiCache.close();
  ports.close();
  rmSync(directory, { recursive: true });
});

const access: Access = {
  ...openAccess({ now: () => now }),
  authorize: (_caller, action, resource) => {
    if (denied.includes(`${action} ${resource}`)) throw new AwsError("AccessDenied", "no", 403);
  },
};

function cache(changes: Readonly<Record<string, unknown>> = {}, users: Readonly<Record<string, unknown>> = {}) {
  return {
    resource: {
      ...users,
      aws_elasticache_replication_group: {
        main: {
          replication_group_id: "nv-demo",
          description: "cache",
          engine: "valkey",
          engine_version: "8.0",
          node_type: "cache.t4g.micro",
          num_cache_clusters: 1,
          automatic_failover_enabled: false,
          multi_az_enabled: false,
          transit_encryption_enabled: false,
          ...changes,
        },
      },
    },
    output: { port: { value: "${aws_elasticache_replication_group.main.port}" } },
  };
}

const IAM_USER = {
  aws_elasticache_user: {
    files: {
      user_id: "files",
      user_name: "files",
      engine: "valkey",
      access_string: "on ~* +@all",
      authentication_mode: { type: "iam" },
    },
  },
  aws_elasticache_user_group: {
    users: { user_group_id: "users", engine: "valkey", user_ids: ["${aws_elasticache_user.files.user_id}"] },
  },
};

/** Sends one command on a new connection. */
async function ping(login: { username?: string; password?: string } = {}): Promise<string> {
  const port = elastiCache.caches.portOf("nv-demo") ?? 1;
  const client = new Redis({ port, lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0, ...login });
  client.on("error", () => {});
  try {
    return await client.ping();
  } finally {
    client.disconnect();
  }
}

/**
 * Creates a token as the user guide describes.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
 */
function iamToken({ user = "files", cacheName = "nv-demo", signedAt = now, secret = "secret" } = {}): string {
  const timestamp = new Date(signedAt).toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = { accessKeyId: "test", date: timestamp.slice(0, 8), region: REGION, service: "elasticache" };
  const scopePath = `${scope.date}/${REGION}/elasticache/aws4_request`;
  const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
  const query = [
    ["Action", "connect"],
    ["User", user],
    ["X-Amz-Algorithm", "AWS4-HMAC-SHA256"],
    ["X-Amz-Credential", `test/${scopePath}`],
    ["X-Amz-Date", timestamp],
    ["X-Amz-Expires", "900"],
    ["X-Amz-SignedHeaders", "host"],
  ]
    .map(([name = "", value = ""]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
  const canonical = ["GET", "/", query, `host:${cacheName}`, "", "host", sha256("")].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", timestamp, scopePath, sha256(canonical)].join("\n");
  const signature = createHmac("sha256", signingKey(secret, scope)).update(toSign).digest("hex");
  return `${cacheName}/?${query}&X-Amz-Signature=${signature}`;
}

it("runs a replication group as a Valkey server on a port that stays the same", async () => {
  await workspace.apply(cache());
  const attributes = workspace.attributes("aws_elasticache_replication_group.main");
  expect(attributes).toMatchObject({
    primary_endpoint_address: "127.0.0.1",
    port: elastiCache.caches.portOf("nv-demo"),
    member_clusters: ["nv-demo-001"],
    arn: replicationGroupArn("nv-demo"),
  });
  expect((await workspace.plan()).code).toBe(0);
  await workspace.apply(cache({ description: "changed" }));
  expect(workspace.attributes("aws_elasticache_replication_group.main").port).toBe(attributes.port);

  const client = new Redis(Number(attributes.port));
  await client.set("key", "é🎉", "EX", 60);
  expect(await client.get("key")).toBe("é🎉");
  expect(await client.eval("return redis.call('INCR', KEYS[1])", 1, "counter")).toBe(1);
  client.disconnect();
  expect((await workspace.run("destroy", "-auto-approve", "-no-color")).code).toBe(0);
  expect(elastiCache.caches.portOf("nv-demo")).toBeUndefined();
});

// Another program of the machine can take the port while the cache is stopped.
it("loses data and connections when a cache is stopped, and starts it again on the same port", {
  retry: 3,
}, async () => {
  await workspace.apply(cache());
  const port = elastiCache.caches.portOf("nv-demo");
  const client = new Redis({ port: port ?? 1, retryStrategy: () => 20 });
  client.on("error", () => {});
  await client.set("key", "value");
  await client.get("key");
  await client.mget("key", "missing");
  expect(elastiCache.samples()).toEqual([
    {
      namespace: "AWS/ElastiCache",
      dimensions: { CacheClusterId: "nv-demo-001" },
      values: { CurrConnections: 1, CacheHits: 2, CacheMisses: 1, Evictions: 0 },
    },
  ]);
  const [next] = elastiCache.samples();
  expect(next?.values).toMatchObject({ CacheHits: 0, CacheMisses: 0, EngineCPUUtilization: expect.any(Number) });
  await elastiCache.caches.stop("nv-demo");
  expect(elastiCache.samples()).toEqual([]);
  await expect(ping()).rejects.toThrow();
  await elastiCache.caches.start("nv-demo");
  expect(elastiCache.caches.portOf("nv-demo")).toBe(port);
  expect(await client.get("key")).toBeNull();
  client.disconnect();
});

it("authenticates an IAM user with a valid token of a caller who is authorized to connect", async () => {
  await workspace.apply(cache({ user_group_ids: ["${aws_elasticache_user_group.users.id}"] }, IAM_USER));
  expect((await workspace.plan()).code).toBe(0);
  const logIn = (password: string, username = "files") => ping({ username, password });
  expect(await logIn(iamToken())).toBe("PONG");
  await expect(ping()).rejects.toThrow("NOAUTH");
  await expect(logIn(iamToken({ signedAt: now - 901_000 }))).rejects.toThrow("WRONGPASS");
  await expect(logIn(iamToken({ cacheName: "other" }))).rejects.toThrow("WRONGPASS");
  await expect(logIn(iamToken({ user: "other" }))).rejects.toThrow("WRONGPASS");
  await expect(logIn(iamToken({ secret: "guessed" }))).rejects.toThrow("WRONGPASS");
  await expect(logIn(iamToken({ user: "other" }), "other")).rejects.toThrow("WRONGPASS");
  await expect(logIn(" ", "default")).rejects.toThrow("WRONGPASS");
  await expect(logIn("")).rejects.toThrow();
  denied = [`elasticache:Connect ${arn("elasticache", "user:files")}`];
  await expect(logIn(iamToken())).rejects.toThrow("WRONGPASS");
});

it("authenticates a user of an associated group with a password", async () => {
  const users = {
    aws_elasticache_user: {
      reader: {
        user_id: "reader-id",
        user_name: "reader",
        engine: "valkey",
        access_string: "on ~* +@read",
        authentication_mode: { type: "password", passwords: ["a-long-enough-password"] },
      },
    },
    aws_elasticache_user_group: { users: { user_group_id: "users", engine: "valkey" } },
    aws_elasticache_user_group_association: {
      reader: {
        user_group_id: "${aws_elasticache_user_group.users.id}",
        user_id: "${aws_elasticache_user.reader.user_id}",
      },
    },
  };
  await workspace.apply(cache({ user_group_ids: ["${aws_elasticache_user_group.users.id}"] }, users));
  expect(await ping({ username: "reader", password: "a-long-enough-password" })).toBe("PONG");
  await expect(ping({ username: "reader", password: "wrong" })).rejects.toThrow("WRONGPASS");
});

it("requires the auth token, which can change", async () => {
  await workspace.apply(cache({ auth_token: "first-token-123456" }));
  expect(await ping({ password: "first-token-123456" })).toBe("PONG");
  await expect(ping({ password: "wrong" })).rejects.toThrow("WRONGPASS");
  await workspace.apply(cache({ auth_token: "second-token-123456" }));
  await expect(ping({ password: "first-token-123456" })).rejects.toThrow("WRONGPASS");
  expect(await ping({ password: "second-token-123456" })).toBe("PONG");
});

it("uses a configured port, and rejects it with the reason when it is in use", async () => {
  const port = await ports.claim("configured");
  await workspace.apply(cache({ port }));
  expect(elastiCache.caches.portOf("nv-demo")).toBe(port);
  expect((await workspace.plan()).code).toBe(0);
  const usedPort = await ports.claim("used");
  const listener = createServer().listen(usedPort, "127.0.0.1");
  await expect(workspace.apply(cache({ port: usedPort }))).rejects.toThrow("Another program uses port");
  listener.close();
});

it("runs a serverless cache as a Valkey server", async () => {
  await workspace.apply({
    resource: { aws_elasticache_serverless_cache: { main: { engine: "valkey", name: "nv-demo" } } },
  });
  expect(workspace.attributes("aws_elasticache_serverless_cache.main").endpoint).toEqual([
    { address: "127.0.0.1", port: elastiCache.caches.portOf("nv-demo") },
  ]);
  expect((await workspace.plan()).code).toBe(0);
  expect(await ping()).toBe("PONG");
});
