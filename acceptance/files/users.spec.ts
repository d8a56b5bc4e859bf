import { randomUUID } from "node:crypto";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientSettings } from "../support/client-settings.ts";
import { basic, EVENTUALLY, FilesClient } from "../support/files-client.ts";
import { FilesUser } from "../support/files-user.ts";
import { target } from "../support/target.ts";

const settings = clientSettings(target.awsVariables);
const administrator = new FilesClient();
const folder = `users-${randomUUID()}`;
const [granted, nested, sibling] = [
  `${folder}/team/a.txt`,
  `${folder}/team/plans/b.txt`,
  `${folder}/team-secrets/c.txt`,
];
let writer: FilesUser;
let reader: FilesUser;

beforeAll(async () => {
  writer = await FilesUser.create([{ role: "writer", prefix: `${folder}/team/` }]);
  reader = await FilesUser.create([{ role: "reader", prefix: `${folder}/team/plans/` }]);
  for (const key of [granted, nested, sibling]) expect((await administrator.upload(key, key)).status).toBe(200);
});
afterAll(async () => {
  for (const key of [granted, nested, sibling]) await administrator.delete(key);
  await Promise.all([writer.remove(), reader.remove()]);
});

const keysOf = (records: readonly { prefix_path: string }[]) => records.map((record) => record.prefix_path).toSorted();

describe("grants", () => {
  it("restrict lists to the files that the user may read", async () => {
    for (const key of [granted, nested, sibling]) await administrator.listed(key);
    expect(keysOf(await writer.client.list())).toEqual([granted, nested]);
    expect(keysOf(await writer.client.list({ prefix: `${folder}/`, sort: "prefix_path" }))).toEqual([granted, nested]);
    expect(keysOf(await writer.client.list({ prefix: `${folder}/team-secrets/` }))).toEqual([]);
    expect(keysOf(await reader.client.list())).toEqual([nested]);
  });

  it("restrict folders and searches like lists", async () => {
    const below = `delimiter=/&counts=true&prefix=${folder}/`;
    const folders = async (client: FilesClient) => (await client.json("GET", `/api/list?${below}`)).body.folders;
    const team = { prefix: `${folder}/team/` };
    expect(await folders(writer.client)).toMatchObject([{ ...team, files: 2 }]);
    expect(await folders(reader.client)).toMatchObject([{ ...team, files: 1 }]);
    expect(await folders(administrator)).toMatchObject([{ prefix: `${folder}/team-secrets/` }, team]);
    const found = async (client: FilesClient) => keysOf((await client.json("GET", `/api/search?q=${folder}`)).body);
    expect(await found(writer.client)).toEqual([granted, nested]);
    expect(await found(reader.client)).toEqual([nested]);
    expect(await found(administrator)).toEqual([granted, nested, sibling].toSorted());
  });

  it("allow downloads of granted files, and answer 403 for all others whether or not they exist", async () => {
    expect(await (await reader.client.download(nested)).text()).toBe(nested);
    const responses = await Promise.all(
      [sibling, `${folder}/team-secrets/missing`].map((key) =>
        writer.client
          .json("GET", `/api/files/${key}`)
          .then(({ status, body: { requestId: _, traceId: __, instance: ___, ...body } }) => ({
            status,
            body,
          })),
      ),
    );
    expect(responses[0]).toEqual(responses[1]);
    expect(responses[0]).toMatchObject({ status: 403, body: { code: "Forbidden" } });
    expect((await writer.client.download(`${folder}/team/missing`)).status).toBe(404);
  });

  it("allow changes to writers only", async () => {
    const key = `${folder}/team/plans/new.txt`;
    expect((await reader.client.upload(key, "x")).status).toBe(403);
    expect((await reader.client.delete(nested)).status).toBe(403);
    expect((await reader.client.request(`/api/upload_presigned/${key}`)).status).toBe(403);
    expect((await writer.client.upload(key, "x")).status).toBe(200);
    expect((await writer.client.delete(key)).status).toBe(204);
    expect((await writer.client.upload(`${folder}/other.txt`, "x")).status).toBe(403);
  });

  it("allow the management of users to administrators only", async () => {
    const body = { name: "mallory", grants: [{ role: "admin", prefix: "" }] };
    expect(await writer.client.json("POST", "/api/users", body)).toMatchObject({ status: 403 });
    expect(await writer.client.json("PATCH", `/api/users/${writer.name}`, { grants: body.grants })).toMatchObject({
      status: 403,
    });
    expect(await writer.client.json("GET", "/api/me")).toMatchObject({
      body: { user: writer.name, administrator: false },
    });
  });
});

describe("access keys", () => {
  it("give a program a part of the user's access, until they are revoked", async () => {
    const grants = [{ role: "reader", prefix: `${folder}/team/plans/` }];
    const created = await writer.client.json("POST", "/api/keys", { name: "backup", grants });
    expect(created).toMatchObject({ status: 201, body: { name: "backup", grants, expires: null } });
    const program = new FilesClient(`Bearer ${created.body.token}`);
    expect(keysOf(await program.list())).toEqual([nested]);
    expect((await program.upload(`${folder}/team/plans/x`, "x")).status).toBe(403);
    expect(await program.json("POST", "/api/keys", { name: "more" })).toMatchObject({ status: 403 });
    expect(await writer.client.json("DELETE", `/api/keys/${created.body.id}`)).toMatchObject({ status: 204 });
    expect(await writer.client.json("GET", "/api/keys")).toMatchObject({ status: 200, body: [] });
  });
});

describe("sessions", () => {
  it("replace the password for 15 minutes, until the user signs out", async () => {
    const { status, body } = await writer.client.json("POST", "/api/session");
    expect([status, body.expires_in]).toEqual([201, 900]);
    const session = new FilesClient(`Bearer ${body.token}`);
    expect(await session.json("GET", "/api/me")).toMatchObject({ body: { user: writer.name, method: "session" } });
    expect(keysOf(await session.list())).toEqual([granted, nested]);
    expect(await session.json("POST", "/api/session")).toMatchObject({ status: 201 });
    expect(await session.json("DELETE", "/api/session")).toMatchObject({ status: 204 });
  });
});

describe("a removed user", () => {
  it("leaves its files, and its name in the audit log, which is free for another user", async () => {
    const user = await FilesUser.create([{ role: "writer", prefix: `${folder}/team/` }]);
    const key = `${folder}/team/${user.name}.txt`;
    expect((await user.client.upload(key, "kept")).status).toBe(200);
    await user.remove();
    expect(await (await administrator.download(key)).text()).toBe("kept");
    expect(await administrator.json("GET", `/api/users/${user.name}`)).toMatchObject({ status: 404 });
    const again = await administrator.json("POST", "/api/users", { name: user.name });
    expect(again).toMatchObject({ status: 201, body: { grants: [] } });
    await user.remove();
    await administrator.delete(key);
    await expect
      .poll(
        async () => (await auditOf(user.name)).map(({ who, action, outcome }) => `${who} ${action} ${outcome}`),
        EVENTUALLY,
      )
      .toEqual(
        expect.arrayContaining([
          `${target.username} add-user succeeded`,
          `${user.name} upload-file succeeded`,
          `${target.username} remove-user succeeded`,
        ]),
      );
  });
});

describe("an administrator who was removed", () => {
  it("cannot return while API Gateway still has the sign-in", async () => {
    const mallory = await FilesUser.create([{ role: "admin", prefix: "" }]);
    expect(await mallory.client.json("GET", "/api/me")).toMatchObject({ body: { administrator: true } });
    await mallory.change({ state: "disabled", grants: [] });
    const grants = [{ role: "admin", prefix: "" }];
    const restore = { state: "active", grants };
    expect(await mallory.client.json("PATCH", `/api/users/${mallory.name}`, restore)).toMatchObject({ status: 401 });
    await mallory.remove();
    for (const [method, path, body] of [
      ["POST", "/api/users", { name: `backdoor-${randomUUID()}`, grants }],
      ["POST", "/api/keys", { name: "key" }],
      ["POST", "/api/session", undefined],
    ] as const) {
      expect(await mallory.client.json(method, path, body), path).toMatchObject({ status: 401 });
    }
  });
});

describe("the audit log", () => {
  it("records who changed what from where, denials included, and never a password or a key", async () => {
    const { status, body } = await writer.client.json("POST", "/api/keys", { name: "audited" });
    expect(status).toBe(201);
    await writer.client.upload(`${folder}/denied.txt`, "x");
    await expect
      .poll(async () => (await auditOf(writer.name)).map(({ action }) => action), EVENTUALLY)
      .toContain("add-key");
    await expect
      .poll(() => auditOf(writer.name), EVENTUALLY)
      .toContainEqual({
        who: writer.name,
        action: "upload-file",
        target: `${folder}/denied.txt`,
        from: expect.stringMatching(/^[\da-f.:]+$/),
        outcome: "denied",
        code: "Forbidden",
        requestId: expect.any(String),
      });
    const everything = JSON.stringify(await auditOf(writer.name));
    for (const secret of [body.token, writer.password, target.password]) expect(everything).not.toContain(secret);
  });
});

describe.skipIf(target.kind !== "local")("what is stored", () => {
  it("is an Argon2id hash of the password", async () => {
    const dynamodb = new DynamoDBClient(settings);
    const key = { name: { S: writer.name } };
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName: `${target.prefix}-users`, Key: key }));
    expect(Item?.passwordHash?.S).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(JSON.stringify(Item)).not.toContain(writer.password);
    dynamodb.destroy();
  });

  it("limits the canary's own key to its folder", async () => {
    const secrets = new SecretsManagerClient(settings);
    const { SecretString = "" } = await secrets.send(
      new GetSecretValueCommand({ SecretId: `${target.prefix}-client-api-key` }),
    );
    secrets.destroy();
    const canary = new FilesClient(`Bearer ${JSON.parse(SecretString).key}`);
    expect(await canary.json("GET", "/api/me")).toMatchObject({
      body: { user: "canary", grants: [{ role: "writer", prefix: "canary/" }], administrator: false },
    });
    expect((await canary.upload(`${folder}/x`, "x")).status).toBe(403);
    expect(keysOf(await canary.list()).every((key) => key.startsWith("canary/"))).toBe(true);
  });
});

it("does not accept the right password for another user", async () => {
  expect(await new FilesClient(basic(reader.name, writer.password)).json("GET", "/api/me")).toMatchObject({
    status: 401,
  });
});

/** The entries of the audit log that name a user. */
async function auditOf(user: string): Promise<readonly Record<string, unknown>[]> {
  const logs = new CloudWatchLogsClient(settings);
  try {
    const entries: Record<string, unknown>[] = [];
    let nextToken: string | undefined;
    do {
      const filter = new FilterLogEventsCommand({
        logGroupName: `/${target.prefix}/audit`,
        filterPattern: `"${user}"`,
        nextToken,
      });
      const { events = [], nextToken: next } = await logs.send(filter);
      entries.push(...events.map(({ message }) => JSON.parse(message ?? "null")));
      nextToken = next;
    } while (nextToken);
    return entries;
  } finally {
    logs.destroy();
  }
}
