import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { AwsAccount } from "./aws-account.ts";
import { AwsRefusal, SignedRequests } from "./signed-requests.ts";

/** AWS's answers in its own forms: what is asked → status and text. */
const answers = new Map<string, readonly [status: number, body: string]>();
const asked: { readonly what: string; readonly authorization: string; readonly body: string }[] = [];

/** The action, wherever its protocol says it. */
function nameOf(request: IncomingMessage, body: string): string {
  return (
    new URLSearchParams(body).get("Action") ??
    request.headers["x-amz-target"]?.toString() ??
    `${request.method} ${request.url}`
  );
}

const server = createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
  const body = await text(request);
  const what = nameOf(request, body);
  asked.push({ what, authorization: String(request.headers.authorization), body });
  const [status, answer] = answers.get(what) ?? [404, ""];
  response.writeHead(status).end(request.method === "HEAD" ? undefined : answer);
});
let account: AwsAccount;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: "AKID", secretAccessKey: "secret" };
  const client = { endpoint, region: "us-east-1", credentials, maxAttempts: 1 };
  account = new AwsAccount({
    accountId: "123456789012",
    environment: "dev",
    sts: new STSClient(client),
    s3: new S3Client({ ...client, forcePathStyle: true }),
    lambda: new LambdaClient(client),
    requests: new SignedRequests({
      region: "us-east-1",
      endpoint,
      credentials: async () => credentials,
      clock: { now: () => Date.UTC(2026, 0, 1) },
    }),
  });
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const tags = (name: string) => `<tagSet><item><key>Environment</key><value>${name}</value></item></tagSet>`;

it("reads EC2's sets, full, of one, and empty, and signs what it asks", async () => {
  answers.set("DescribeAddresses", [
    200,
    `<DescribeAddressesResponse><addressesSet><item>${tags("dev")}</item><item>${tags("prod")}</item><item/></addressesSet></DescribeAddressesResponse>`,
  ]);
  expect(await account.elasticIps()).toEqual([{ ours: true }, { ours: false }, { ours: false }]);
  answers.set("DescribeVpcs", [
    200,
    `<DescribeVpcsResponse><vpcSet><item>${tags("dev")}</item></vpcSet></DescribeVpcsResponse>`,
  ]);
  expect(await account.vpcs()).toEqual([{ ours: true }]);
  answers.set("DescribeVpcs", [200, "<DescribeVpcsResponse><vpcSet/></DescribeVpcsResponse>"]);
  expect(await account.vpcs()).toEqual([]);
  expect(asked[0]?.authorization).toContain("Credential=AKID/20260101/us-east-1/ec2/aws4_request");
});

it("finds its region and its zones", async () => {
  const region = (name: string, status: string) =>
    `<item><regionName>${name}</regionName><optInStatus>${status}</optInStatus></item>`;
  answers.set("DescribeRegions", [
    200,
    `<DescribeRegionsResponse><regionInfo>${region("us-east-1", "opt-in-not-required")}${region("af-south-1", "not-opted-in")}</regionInfo></DescribeRegionsResponse>`,
  ]);
  expect(await account.regionStatus("af-south-1")).toBe("not-opted-in");
  expect(await account.regionStatus("mars-1")).toBeUndefined();
  answers.set("DescribeAvailabilityZones", [
    200,
    "<DescribeAvailabilityZonesResponse><availabilityZoneInfo><item><zoneName>us-east-1a</zoneName></item></availabilityZoneInfo></DescribeAvailabilityZonesResponse>",
  ]);
  expect(await account.zones()).toEqual(["us-east-1a"]);
});

it("counts databases, and knows its own", async () => {
  const tag = (name: string) => `<TagList><Tag><Key>Environment</Key><Value>${name}</Value></Tag></TagList>`;
  const list = `<DBInstances><DBInstance>${tag("dev")}</DBInstance><DBInstance>${tag("prod")}</DBInstance></DBInstances>`;
  const answer = (databases: string) =>
    `<DescribeDBInstancesResponse><DescribeDBInstancesResult>${databases}</DescribeDBInstancesResult></DescribeDBInstancesResponse>`;
  answers.set("DescribeDBInstances", [200, answer(list)]);
  expect(await account.databases()).toEqual([{ ours: true }, { ours: false }]);
  answers.set("DescribeDBInstances", [200, answer("<DBInstances/>")]);
  expect(await account.databases()).toEqual([]);
});

it("reads quotas, the concurrency and the certificates", async () => {
  answers.set("ServiceQuotasV20190624.GetServiceQuota", [200, JSON.stringify({ Quota: { Value: 5 } })]);
  expect(await account.quota("vpc", "L-F678F1CE")).toBe(5);
  expect(asked.at(-1)?.body).toBe('{"ServiceCode":"vpc","QuotaCode":"L-F678F1CE"}');
  answers.set("GET /2016-08-19/account-settings", [
    200,
    JSON.stringify({ AccountLimit: { ConcurrentExecutions: 10 } }),
  ]);
  expect(await account.concurrency()).toBe(10);
  answers.set("CertificateManager.ListCertificates", [
    200,
    JSON.stringify({ CertificateSummaryList: [{ DomainName: "example.com", Status: "ISSUED" }] }),
  ]);
  expect(await account.certificates()).toEqual([{ domain: "example.com", status: "ISSUED" }]);
});

it("finds the zone of a domain, and not that of the next domain in the alphabet", async () => {
  const list = (name: string) =>
    `<ListHostedZonesByNameResponse><HostedZones><HostedZone><Id>/hostedzone/Z1</Id><Name>${name}.</Name></HostedZone></HostedZones></ListHostedZonesByNameResponse>`;
  const path = "GET /2013-04-01/hostedzonesbyname?dnsname=example.com&maxitems=1";
  answers.set(path, [200, list("example.com")]);
  answers.set("GET /2013-04-01/hostedzone/Z1", [
    200,
    "<GetHostedZoneResponse><DelegationSet><NameServers><NameServer>ns-1.example</NameServer></NameServers></DelegationSet></GetHostedZoneResponse>",
  ]);
  expect(await account.hostedZone("example.com")).toEqual({ nameServers: ["ns-1.example"] });
  answers.set(path, [200, list("example.net")]);
  expect(await account.hostedZone("example.com")).toBeUndefined();
  answers.set(path, [200, "<ListHostedZonesByNameResponse><HostedZones/></ListHostedZonesByNameResponse>"]);
  expect(await account.hostedZone("example.com")).toBeUndefined();
});

it("knows whether an identity provider is there, and whose it is", async () => {
  const answer = (tags: string) =>
    `<GetOpenIDConnectProviderResponse><GetOpenIDConnectProviderResult>${tags}</GetOpenIDConnectProviderResult></GetOpenIDConnectProviderResponse>`;
  const missing = "<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>None</Message></Error></ErrorResponse>";
  answers.set("GetOpenIDConnectProvider", [404, missing]);
  expect(await account.identityProvider("issuer.example")).toBeUndefined();
  expect(asked.at(-1)?.body).toContain(encodeURIComponent("arn:aws:iam::123456789012:oidc-provider/issuer.example"));
  const member = (name: string) => `<Tags><member><Key>Environment</Key><Value>${name}</Value></member></Tags>`;
  for (const [tags, ours] of [
    [member("dev"), true],
    [member("prod"), false],
    ["<Tags/>", false],
  ] as const) {
    answers.set("GetOpenIDConnectProvider", [200, answer(tags)]);
    expect(await account.identityProvider("issuer.example")).toEqual({ ours });
  }
});

it.each([
  [200, "us"],
  [404, "nobody"],
  [403, "other-account"],
  [301, "other-region"],
] as const)("takes %i of a bucket as %s", async (status, owner) => {
  answers.set("HEAD /names/", [status, ""]);
  expect(await account.bucketOwner("names")).toBe(owner);
});

it("says what AWS said when it refuses, in each of its forms", async () => {
  const refused = (code: string, message: string) => expect.objectContaining({ code, message });
  answers.set("DescribeVpcs", [
    403,
    "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>No &amp; no</Message></Error></Errors></Response>",
  ]);
  await expect(account.vpcs()).rejects.toEqual(refused("UnauthorizedOperation", "No & no"));
  answers.set("DescribeDBInstances", [
    403,
    "<ErrorResponse><Error><Code>AccessDenied</Code><Message>No</Message></Error></ErrorResponse>",
  ]);
  await expect(account.databases()).rejects.toEqual(refused("AccessDenied", "No"));
  answers.set("ServiceQuotasV20190624.GetServiceQuota", [400, '{"__type":"x#AccessDeniedException","Message":"No"}']);
  await expect(account.quota("vpc", "x")).rejects.toEqual(refused("AccessDeniedException", "No"));
  answers.set("DescribeVpcs", [503, ""]);
  await expect(account.vpcs()).rejects.toThrow(AwsRefusal);
});
