import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Ports } from "../runtime/ports.ts";
import { Gateway } from "./server.ts";
import type { AwsService } from "./service.ts";

const signedFor = (service: string) =>
  `AWS4-HMAC-SHA256 Credential=AKIA/20261121/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=00`;
const named = (signingName: string): AwsService => ({
  signingName,
  actions: [],
  handle: async (_request, response) => void response.end(signingName),
});

let directory: string;
let gateway: Gateway;
let url: string;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "local-aws-gateway-"));
  const ports = new Ports(join(directory, "ports.jsonl"));
  const port = await ports.claim("gateway");
  ports.close();
  gateway = new Gateway([named("s3"), named("sqs")], (request, response) => {
    if (request.url !== "/own") return false;
    response.end("own");
    return true;
  });
  await gateway.listen(port);
  url = `http://127.0.0.1:${port}`;
});
afterEach(async () => {
  await gateway.close();
  rmSync(directory, { recursive: true });
});

const responseOf = async (path: string, headers: Record<string, string>) =>
  (await fetch(url + path, { headers })).text();

it("dispatches by the credential scope, unsigned requests to S3, and checks the control API first", async () => {
  expect(await responseOf("/", { authorization: signedFor("sqs") })).toBe("sqs");
  expect(
    await responseOf("/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A/20261121/us-east-1/sqs/aws4_request", {}),
  ).toBe("sqs");
  expect(await responseOf("/bucket/key", {})).toBe("s3");
  expect(await responseOf("/own", { authorization: signedFor("sqs") })).toBe("own");
});

it("rejects an unknown service with its name, in the format of its client", async () => {
  const json = await fetch(url, { headers: { authorization: signedFor("kinesis") } });
  expect(json.status).toBe(501);
  expect(await json.json()).toMatchObject({
    __type: "UnknownServiceException",
    message: expect.stringContaining('no service "kinesis"'),
  });
  const form = { authorization: signedFor("ec2"), "content-type": "application/x-www-form-urlencoded; charset=utf-8" };
  const xml = await (await fetch(url, { method: "POST", headers: form, body: "Action=DescribeVpcs" })).text();
  expect(xml).toContain("<Code>UnknownServiceException</Code>");
});
