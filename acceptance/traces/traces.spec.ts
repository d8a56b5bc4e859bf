import { randomBytes } from "node:crypto";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { SecretsManager } from "@aws-sdk/client-secrets-manager";
import { describe, expect, it } from "vitest";
import { clientSettings } from "../support/client-settings.ts";
import { basic, EVENTUALLY, FilesClient } from "../support/files-client.ts";
import { SumClient } from "../support/sum-client.ts";
import { target } from "../support/target.ts";
import { findTraces, pathOf, readDocuments, readTrace, type Segment } from "../support/trace-client.ts";

const { kind, prefix } = target;

const client = new FilesClient();
const sum = new SumClient();
const started = new Date();

/** Texts that no segment contains. */
const unique = () => randomBytes(12).toString("hex");
const content = unique();
const key = `traces/${unique()}.txt`;
const number = `${randomBytes(5).readUIntBE(0, 5)}.25`;

/** The newest trace that a filter expression finds, when it has a segment with each of the names. */
async function traceOf(filter: string, names: readonly string[], since = started): Promise<Segment[]> {
  let trace: Segment[] = [];
  const found = async () => {
    const [id] = await findTraces(since, filter);
    trace = id === undefined ? [] : await readTrace(id);
    return trace.map(({ name }) => name);
  };
  await expect.poll(found, EVENTUALLY).toEqual(expect.arrayContaining([...names]));
  return trace;
}

const traceOfRequest = (response: Response, ...names: readonly string[]) =>
  traceOf(`annotation.request_id = "${response.headers.get("x-request-id")}"`, names);

const named = (trace: readonly Segment[], name: string): Segment => {
  const segment = trace.find((each) => each.name === name && !each.inferred);
  if (!segment) throw new Error(`The trace has no segment ${name}`);
  return segment;
};

/** A header as a load balancer sends it, and its trace ID. */
function newTrace(): { readonly id: string; readonly header: string } {
  const seconds = Math.floor(Date.now() / 1_000).toString(16);
  const id = `1-${seconds}-${randomBytes(12).toString("hex")}`;
  return { id, header: `Root=${id}` };
}

/** The messages of the log entries that name a trace. */
async function entriesOf(traceId: string, logGroupName: string): Promise<unknown[]> {
  const logs = new CloudWatchLogs(clientSettings(target.awsVariables));
  const { events = [] } = await logs.filterLogEvents({ logGroupName, filterPattern: `"${traceId}"` });
  return events.map(({ message = "" }) => JSON.parse(message)).map(({ message }) => message);
}

const database = expect.stringContaining("nv_demo@");

// On AWS, most requests are not traced.
describe.skipIf(kind !== "local")("a trace", () => {
  it("shows the upload of a file below its request, and the invocation that records it", async () => {
    const response = await client.upload(key, content, "text/plain");
    expect(response.status).toBe(200);
    const trace = await traceOfRequest(response, "S3");
    const upload = named(trace, "S3");
    expect(pathOf(trace, upload).slice(1)).toEqual([`${prefix}-api`, "Invocation", "Request", "S3"]);
    expect(upload.aws).toMatchObject({ operation: "PutObject", bucket_name: `${prefix}-storage` });
    expect(named(trace, "Request")).toMatchObject({
      annotations: { route: "PUT /api/upload/{key+}" },
      http: { response: { status: 200 } },
    });

    const [id] = await findTraces(started, `annotation.request_id = "${response.headers.get("x-request-id")}"`);
    const update = await traceOf(`annotation.sender_trace_id = "${id}"`, ["Message", "Valkey"]);
    const statement = update.find(({ sql }) => sql?.sanitized_query === "record file");
    expect(statement && pathOf(update, statement).slice(1)).toEqual([
      ...[`${prefix}-postgres-update`, "Invocation", "Message"],
      database,
    ]);
    expect(update.flatMap(({ links = [] }) => links)).toContainEqual(expect.objectContaining({ trace_id: id }));
  });

  it("shows the cache and the database below a list", async () => {
    const response = await client.request(`/api/list?prefix=${unique()}`);
    const trace = await traceOfRequest(response, "Valkey");
    expect(named(trace, "Valkey").annotations).toEqual({ command: "GET" });
    const statement = trace.find(({ sql }) => sql !== undefined);
    expect(statement?.sql?.sanitized_query).toBe("list files");
    expect(statement && pathOf(trace, statement).slice(2)).toEqual(["Invocation", "Request", database]);
  });

  it("shows the tables that the authorizer reads, and the secret of the database", async () => {
    const refused = await new FilesClient(basic("nobody", content)).request("/api/list");
    expect(refused.status).toBe(401);
    await traceOf(`service("${prefix}-authorizer")`, ["DynamoDB", `${prefix}-users`]);
    // A function reads the secret once.
    const anHourAgo = new Date(Date.now() - 3_600_000);
    const trace = await traceOf('service("SecretsManager")', ["SecretsManager"], anHourAgo);
    expect(named(trace, "SecretsManager").aws).toMatchObject({ operation: "GetSecretValue" });
  });

  it("is named by a problem document and by log entries", async () => {
    const response = await client.request(`/api/files/${unique()}`);
    const { traceId, requestId } = (await response.json()) as { traceId: string; requestId: string };
    const ids = () => findTraces(started, `annotation.request_id = "${requestId}"`);
    await expect.poll(ids, EVENTUALLY).toEqual([traceId]);
    const trace = await readTrace(traceId);
    expect(named(trace, "Request")).toMatchObject({ error: true, http: { response: { status: 404 } } });
    await expect.poll(() => entriesOf(traceId, `/aws/lambda/${prefix}-api`), EVENTUALLY).toContain("Request");
  });

  it("shows SHOUTCLOUD", async () => {
    const body = JSON.stringify({ data: content });
    expect((await fetch(`${target.shoutUrl}/`, { method: "POST", body })).status).toBe(200);
    const trace = await traceOf(`service("${prefix}-shout") AND http.status = 200`, ["api.shoutcloud.io"]);
    const call = named(trace, "api.shoutcloud.io");
    expect(call).toMatchObject({ http: { response: { status: 200 } } });
    expect(pathOf(trace, call).slice(1)).toEqual([`${prefix}-shout`, "Invocation", "Request", "api.shoutcloud.io"]);
  });

  it.each([
    ["adder", "AWS::EC2::Instance", "add number", (headers: Record<string, string>) => sum.add(number, headers)],
    [
      "display",
      "AWS::ECS::Container",
      "list numbers",
      (headers: Record<string, string>) => fetch(`${target.sumUrl}/display_service`, { headers }),
    ],
  ])("continues with %s behind the load balancer", async (name, origin, statement, send) => {
    const { id, header } = newTrace();
    expect((await send({ "x-amzn-trace-id": header })).status).toBe(200);
    await expect.poll(async () => (await readTrace(id)).map((segment) => segment.name), EVENTUALLY).toContain(name);
    const trace = await readTrace(id);
    expect(named(trace, name)).toMatchObject({ origin, http: { response: { status: 200 } } });
    const call = trace.find(({ sql }) => sql?.sanitized_query === statement);
    expect(call && pathOf(trace, call)).toEqual([name, database]);
    const logGroup = `/${name === "adder" ? "ec2" : "ecs"}/${name}-service`;
    await expect.poll(() => entriesOf(id, logGroup), EVENTUALLY).toContain("Request");
  });

  it("continues with the sign-in of reset, and is named by its problem document", async () => {
    const { id, header } = newTrace();
    const response = await sum.reset({ authorization: "Basic eDp5", "x-amzn-trace-id": header });
    expect(await response.json()).toMatchObject({ status: 401, traceId: id, requestId: id });
    await expect.poll(async () => (await readTrace(id)).map(({ name }) => name), EVENTUALLY).toContain("reset");
    const trace = await readTrace(id);
    expect(named(trace, "reset")).toMatchObject({ error: true });
    expect(pathOf(trace, named(trace, "DynamoDB"))).toEqual(["reset", "DynamoDB"]);
  });

  it("contains no password, value, content, key or presigned URL", async () => {
    const response = await client.request(`/api/download_presigned/${key}`);
    expect(await response.text()).toContain("X-Amz-Signature");
    await traceOfRequest(response, "Request");
    const secrets = new SecretsManager(clientSettings(target.awsVariables));
    const { SecretList = [] } = await secrets.listSecrets({});
    const values = SecretList.map(async ({ ARN }) => (await secrets.getSecretValue({ SecretId: ARN })).SecretString);
    const passwords = (await Promise.all(values)).flatMap((value = "") =>
      Object.entries(JSON.parse(value) as Record<string, string>).flatMap(([name, text]) =>
        /password|key|url/i.test(name) ? text : [],
      ),
    );
    expect(passwords).toContain(target.password);
    const documents = (await readDocuments(await findTraces(started))).join("\n");
    expect(documents.length).toBeGreaterThan(1_000);
    for (const text of [...passwords, content, key, number, "X-Amz-Signature", "insert into", "select "]) {
      expect(documents.includes(text), text).toBe(false);
    }
  });
});
