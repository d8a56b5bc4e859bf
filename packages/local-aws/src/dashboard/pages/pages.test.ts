import { DynamoDB } from "@aws-sdk/client-dynamodb";
import { S3 } from "@aws-sdk/client-s3";
import { SQS } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Attributes } from "../../provider/resource-handler.ts";
import { ServedDashboard } from "../testing/served-dashboard.ts";
import type {
  BucketsView,
  LogsView,
  OverviewView,
  QueuesView,
  RequestsView,
  ResourcesView,
  StacksView,
  TablesView,
} from "../views.ts";

let served: ServedDashboard;

beforeEach(async () => {
  served = await ServedDashboard.start({ title: "Test", stateBucket: "states" });
});
afterEach(() => served.stop());

const apply = (type: string, config: Attributes) => served.resources.apply(type, config);

describe("queues", () => {
  const redrivePolicy = { deadLetterTargetArn: "arn:aws:sqs:us-east-1:000000000000:dead", maxReceiveCount: 1 };
  let sqs: SQS;

  beforeEach(async () => {
    await apply("aws_sqs_queue", { name: "dead" });
    await apply("aws_sqs_queue", { name: "work", redrive_policy: JSON.stringify(redrivePolicy) });
    sqs = new SQS(await served.client("sqs"));
  });
  afterEach(() => sqs.destroy());

  const urlOf = (name: string) => ({ QueueUrl: `http://127.0.0.1/000000000000/${name}` });

  it("shows messages without receiving them", async () => {
    const attribute = { DataType: "String", StringValue: "red" };
    await sqs.sendMessage({ ...urlOf("work"), MessageBody: '{"job":1}', MessageAttributes: { color: attribute } });
    for (let look = 0; look < 2; look += 1) {
      const { selected, queues } = await served.read<QueuesView>("queues?queue=work");
      expect(queues.map(({ name, visible, inFlight }) => [name, visible, inFlight])).toEqual([
        ["dead", 0, 0],
        ["work", 1, 0],
      ]);
      expect(selected).toMatchObject({ deadLetterQueue: "dead", maxReceiveCount: 1 });
      expect(selected?.messages).toMatchObject([
        { body: '{"job":1}', state: "visible", receiveCount: 0, attributes: { color: "red" } },
      ]);
    }
  });

  it("shows a received message as in flight, then as a dead letter, and moves it back on request", async () => {
    await sqs.sendMessage({ ...urlOf("work"), MessageBody: "fails" });
    await sqs.receiveMessage({ ...urlOf("work"), VisibilityTimeout: 0 });
    await sqs.receiveMessage(urlOf("work"));
    const { selected } = await served.read<QueuesView>("queues?queue=dead");
    expect(selected).toMatchObject({ visible: 1, deadLettersOf: ["work"], messages: [{ body: "fails" }] });
    expect((await served.read<OverviewView>("overview")).deadLetters).toBe(1);

    const redrive = (queue: string) =>
      served.request(`/dashboard/api/queues/redrive?queue=${queue}`, {
        method: "POST",
        headers: { authorization: `Bearer ${served.token}`, origin: `http://127.0.0.1:${served.port}` },
      });
    expect((await redrive("work")).status).toBe(400);
    await sqs.sendMessage({ ...urlOf("dead"), MessageBody: "sent directly" });
    expect(JSON.parse((await redrive("dead")).body)).toEqual({ moved: 2 });
    await sqs.receiveMessage(urlOf("work"));
    expect((await served.read<QueuesView>("queues?queue=work")).selected?.messages).toMatchObject([
      { body: "fails", state: "in flight", receiveCount: 1 },
      { body: "sent directly", state: "visible", receiveCount: 0 },
    ]);
  });
});

it("shows the items of a table page by page, keys first", async () => {
  const attribute = [{ name: "id", type: "S" }];
  await apply("aws_dynamodb_table", { name: "people", billing_mode: "PAY_PER_REQUEST", hash_key: "id", attribute });
  const dynamodb = new DynamoDB(await served.client("dynamodb"));
  for (let index = 0; index < 60; index += 1) {
    const Item = {
      id: { S: `id ${index}` },
      age: { N: "9007199254740993" },
      tags: { L: [{ S: "a" }, { BOOL: true }] },
    };
    await dynamodb.putItem({ TableName: "people", Item });
  }
  dynamodb.destroy();
  const { tables, selected } = await served.read<TablesView>("tables?table=people");
  expect(tables).toEqual([{ name: "people", items: 60, keys: ["id"] }]);
  expect(selected?.columns).toEqual(["id", "age", "tags"]);
  expect(selected?.rows).toHaveLength(50);
  expect(selected?.rows[0]).toMatchObject({ age: "9007199254740993", tags: ["a", true] });
  const second = await served.read<TablesView>(`tables?table=people&start=${selected?.next}`);
  expect(second.selected?.rows).toHaveLength(10);
  expect(second.selected?.next).toBeUndefined();
});

describe("buckets", () => {
  let s3: S3;

  beforeEach(async () => {
    await apply("aws_s3_bucket", { bucket: "states" });
    await apply("aws_s3_bucket_versioning", { bucket: "states", versioning_configuration: [{ status: "Enabled" }] });
    s3 = new S3({ ...(await served.client("s3")), forcePathStyle: true });
  });
  afterEach(() => s3.destroy());

  const put = (Key: string, Body: string) => s3.putObject({ Bucket: "states", Key, Body, ContentType: "text/plain" });

  it("shows folders, objects, and all versions of an object, deleted ones too", async () => {
    await put("photos/2026/cat.txt", "cat");
    await put("photos/readme.txt", "one");
    await put("photos/readme.txt", "three");
    await put("gone.txt", "x");
    await s3.deleteObject({ Bucket: "states", Key: "gone.txt" });
    const root = await served.read<BucketsView>("buckets?bucket=states");
    expect(root.buckets).toMatchObject([{ name: "states", keys: 3, versioning: "Enabled" }]);
    expect(root.selected).toMatchObject({ folders: ["photos/"], objects: [{ key: "gone.txt", deleted: true }] });
    const folder = await served.read<BucketsView>("buckets?bucket=states&prefix=photos/&key=photos/readme.txt");
    expect(folder.selected).toMatchObject({
      folders: ["photos/2026/"],
      objects: [{ key: "photos/readme.txt", size: 5, versions: 2, contentType: "text/plain" }],
    });
    expect(folder.selected?.object?.versions.map(({ size }) => size)).toEqual([5, 3]);
  });

  it("shows pages of objects", async () => {
    for (let index = 0; index < 101; index += 1) await put(`file ${String(index).padStart(3, "0")}`, "x");
    const { selected } = await served.read<BucketsView>("buckets?bucket=states");
    expect([selected?.objects.length, selected?.next]).toEqual([100, "file 099"]);
    const second = await served.read<BucketsView>("buckets?bucket=states&after=file%20099");
    expect(second.selected?.objects.map(({ key }) => key)).toEqual(["file 100"]);
  });

  it("shows the stacks of the state bucket, with what each change did and who holds a lock", async () => {
    const topic = await apply("aws_sns_topic", { name: "alarms" });
    const key = served.resources.records.ofType("aws_sns_topic")[0]?.key ?? "";
    const instance = (attributes: object) => ({
      attributes,
      private: Buffer.from(JSON.stringify({ key })).toString("base64"),
    });
    const resource = (name: string, attributes: object) => ({
      ...{ mode: "managed", type: "aws_sns_topic", name },
      instances: [instance(attributes)],
    });
    const state = (serial: number, resources: object[]) =>
      JSON.stringify({
        ...{ version: 4, terraform_version: "1.11.4", serial, resources },
        outputs: { arn: { value: topic.arn }, token: { value: "correct-horse", sensitive: true } },
      });
    await put("local/monitoring.tfstate", state(1, [resource("Old", { id: "a" }), resource("Alarms", { id: "b" })]));
    await put("local/monitoring.tfstate", state(2, [resource("Alarms", { id: topic.arn })]));
    await put("local/vpc.tfstate", state(1, []));
    await put(
      "local/vpc.tfstate.tflock",
      JSON.stringify({ Operation: "OperationTypeApply", Who: "me@here", Created: "now" }),
    );

    const { stacks, selected } = await served.read<StacksView>("stacks?stack=monitoring");
    expect(stacks).toMatchObject([
      { name: "monitoring", status: "deployed", resources: 1, serial: 2, terraformVersion: "1.11.4" },
      { name: "vpc", status: "deploying", resources: 0, lock: { who: "me@here", operation: "OperationTypeApply" } },
    ]);
    expect(selected?.outputs).toEqual([
      { name: "arn", value: topic.arn },
      { name: "token", value: "(sensitive)" },
    ]);
    expect(selected?.members).toMatchObject([{ address: "aws_sns_topic.Alarms", resource: key, tainted: false }]);
    expect(selected?.history).toMatchObject([
      { serial: 2, added: [], changed: ["aws_sns_topic.Alarms"], removed: ["aws_sns_topic.Old"] },
      { serial: 1, added: ["aws_sns_topic.Old", "aws_sns_topic.Alarms"], changed: [], removed: [] },
    ]);
    const { resources } = await served.read<ResourcesView>("resources?type=aws_sns_topic&stack=monitoring");
    expect(resources).toMatchObject([{ name: "alarms", stack: "monitoring", address: "aws_sns_topic.Alarms" }]);
  });
});

describe("resources", () => {
  it("finds resources by type and by any attribute", async () => {
    await apply("aws_sns_topic", { name: "alarms", display_name: "Wake up" });
    await apply("aws_sqs_queue", { name: "work" });
    const all = await served.read<ResourcesView>("resources");
    expect(all.types).toEqual([
      { type: "aws_sns_topic", count: 1 },
      { type: "aws_sqs_queue", count: 1 },
    ]);
    const found = await served.read<ResourcesView>("resources?q=wake");
    expect([found.total, found.matching, found.resources[0]?.name]).toEqual([2, 1, "alarms"]);
    const { selected } = await served.read<ResourcesView>(`resources?resource=${found.resources[0]?.key}`);
    expect(selected?.attributes).toMatchObject({ name: "alarms", display_name: "Wake up" });
  });

  it("never shows sensitive attributes or the values of secrets, in any response", async () => {
    const password = "correct-horse-battery-staple";
    const { id } = await apply("aws_secretsmanager_secret", { name: "client" });
    const value = JSON.stringify({ username: "client-user", password });
    await apply("aws_secretsmanager_secret_version", { secret_id: id, secret_string: value });
    // An environment variable is not sensitive for the provider.
    await apply("aws_sns_topic", { name: "alarms", display_name: `the ${password}` });
    const { resources } = await served.read<ResourcesView>("resources");
    const pages = [
      "overview",
      "stacks",
      "resources",
      "requests",
      "logs",
      "notifications",
      "queues",
      "tables",
      "buckets",
    ];
    const paths = [...pages, ...resources.map(({ key }) => `resources?resource=${key}`), `resources?q=${password}`];
    for (const path of paths) expect(JSON.stringify(await served.read(path)), path).not.toContain(password);
    const version = resources.find(({ type }) => type === "aws_secretsmanager_secret_version");
    const { selected } = await served.read<ResourcesView>(`resources?resource=${version?.key}`);
    expect(selected?.attributes.secret_string).toBe("(sensitive)");
  });

  it("returns 404 for a resource that no longer exists", async () => {
    const headers = { authorization: `Bearer ${served.token}` };
    const { status, body } = await served.request("/dashboard/api/resources?resource=gone", { headers });
    expect([status, JSON.parse(body)]).toEqual([404, { message: "The resource no longer exists." }]);
  });
});

describe("logs", () => {
  const write = (group: string, ...messages: string[]) => {
    const { logs } = served.services.contents;
    logs.ensureGroup(group);
    logs.ensureStream(group, "stream");
    logs.append(
      group,
      "stream",
      messages.map((message) => ({ timestamp: Date.now(), message })),
    );
  };

  it("shows levels, and searches words in any case and JSON patterns", async () => {
    write("/app", '{"level":"ERROR","message":"Disk full"}', "2026-11-27T10:00:00Z\tid\tWARN\tslow", "plain text");
    write("/other", "disk");
    const { groups, events } = await served.read<LogsView>("logs");
    expect(groups.map(({ name }) => name)).toEqual(["/app", "/other"]);
    expect(groups[0]?.lastWrittenAt).toBeGreaterThan(Date.now() - 60_000);
    expect(events.map(({ level }) => level)).toEqual(["error", "warn", undefined, undefined]);
    const messages = async (query: Record<string, string>) =>
      (await served.read<LogsView>(`logs?${new URLSearchParams(query)}`)).events.map(({ message }) => message);
    expect(await messages({ q: "disk" })).toHaveLength(2);
    expect(await messages({ q: "disk", group: "/other" })).toEqual(["disk"]);
    expect(await messages({ q: '{ $.level = "ERROR" }' })).toHaveLength(1);
  });

  it("shows the newest events and whether there are earlier ones", async () => {
    write("/app", ...Array.from({ length: 501 }, (_, index) => `event ${index}`));
    const { events, truncated } = await served.read<LogsView>("logs");
    expect([events.length, events[0]?.message, truncated]).toEqual([500, "event 1", true]);
  });
});

it("shows requests newest first, and failures of functions", async () => {
  const request = { entrance: "load-balancer", name: "web", method: "GET", servedBy: "web 127.0.0.1:1" } as const;
  const times = { dimensions: {}, receivedAt: Date.now(), duration: 12, cloudFrontId: undefined };
  served.traffic.request({ ...request, ...times, path: "/first", status: 200 });
  served.traffic.request({ ...request, ...times, path: "/second?x=1", status: 503 });
  served.traffic.failure({
    ...{ functionName: "resize:live", requestId: "id", failedAt: Date.now() },
    ...{ errorType: "TypeError", message: "x is undefined", lastLogLine: undefined },
  });
  const { requests, failures } = await served.read<RequestsView>("requests");
  expect(requests.map(({ path, status, entrance }) => [path, status, entrance])).toEqual([
    ["/second?x=1", 503, "web"],
    ["/first", 200, "web"],
  ]);
  expect(failures).toMatchObject([{ functionName: "resize", errorType: "TypeError", message: "x is undefined" }]);
  expect((await served.read<RequestsView>("requests?failed=1")).requests).toHaveLength(1);
  expect((await served.read<RequestsView>("requests?q=get%20/first")).requests).toHaveLength(1);
});
