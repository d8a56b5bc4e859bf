import { createHash, createHmac } from "node:crypto";
import { expect, it } from "vitest";
import { createIamToken } from "./iam-token.ts";

const now = Date.UTC(2026, 0, 2, 3, 4, 5);
const credentials = async () => ({ accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "session/+=" });

const create = () =>
  createIamToken(
    { user: "nv-demo-api", cacheName: "nv-demo" },
    { region: "us-east-1", credentials },
    { now: () => now },
  );

it("is a presigned connect request without a scheme, valid for 15 minutes", async () => {
  const token = await create();
  expect(token.startsWith("nv-demo/?")).toBe(true);
  expect(Object.fromEntries(new URLSearchParams(token.slice(token.indexOf("?"))))).toMatchObject({
    Action: "connect",
    User: "nv-demo-api",
    "X-Amz-Expires": "900",
    "X-Amz-Date": "20260102T030405Z",
    "X-Amz-Security-Token": "session/+=",
    "X-Amz-Credential": "AKIDEXAMPLE/20260102/us-east-1/elasticache/aws4_request",
    "X-Amz-SignedHeaders": "host",
  });
});

it("is signed with Signature Version 4", async () => {
  const token = await create();
  const pairs = token.slice(token.indexOf("?") + 1).split("&");
  const signature = pairs.find((pair) => pair.startsWith("X-Amz-Signature="))?.slice("X-Amz-Signature=".length);
  const query = pairs
    .filter((pair) => !pair.startsWith("X-Amz-Signature="))
    .sort()
    .join("&");
  const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
  const canonical = ["GET", "/", query, "host:nv-demo", "", "host", sha256("")].join("\n");
  const scope = "20260102/us-east-1/elasticache/aws4_request";
  const toSign = ["AWS4-HMAC-SHA256", "20260102T030405Z", scope, sha256(canonical)].join("\n");
  const key = scope
    .split("/")
    .reduce<string | Buffer>((secret, part) => createHmac("sha256", secret).update(part).digest(), "AWS4secret");
  expect(signature).toBe(createHmac("sha256", key).update(toSign).digest("hex"));
});
