import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AwsAccount } from "./aws-account.ts";
import { createAwsClients } from "./aws-clients.ts";
import { FakeAws } from "./testing/fake-aws.ts";

const aws = new FakeAws();
let account: AwsAccount;

beforeAll(async () => {
  const credentials = { accessKeyId: "AKID", secretAccessKey: "secret" };
  const client = { endpoint: await aws.listen(), region: "us-east-1", credentials, maxAttempts: 1 };
  const clients = createAwsClients(client, { forcePathStyle: true });
  account = new AwsAccount({
    accountId: "123456789012",
    environment: "dev",
    region: "us-east-1",
    webhookScheme: "https",
    clients,
  });
});
afterAll(() => aws.close());

describe("EC2", () => {
  const tags = (environment: string) =>
    `<tagSet><item><key>Environment</key><value>${environment}</value></item></tagSet>`;

  it("distinguishes the resources of the environment by their Environment tag", async () => {
    aws.respond(
      "DescribeAddresses",
      200,
      `<DescribeAddressesResponse><addressesSet><item>${tags("dev")}</item><item>${tags("prod")}</item><item/></addressesSet></DescribeAddressesResponse>`,
    );
    expect(await account.elasticIps()).toEqual([{ ours: true }, { ours: false }, { ours: false }]);
  });

  it("lists VPCs, and none when the list is empty", async () => {
    aws.respond(
      "DescribeVpcs",
      200,
      `<DescribeVpcsResponse><vpcSet><item>${tags("dev")}</item></vpcSet></DescribeVpcsResponse>`,
    );
    expect(await account.vpcs()).toEqual([{ ours: true }]);
    aws.respond("DescribeVpcs", 200, "<DescribeVpcsResponse><vpcSet/></DescribeVpcsResponse>");
    expect(await account.vpcs()).toEqual([]);
  });

  it("returns the opt-in status of a region, and undefined for an unknown region", async () => {
    const region = (name: string, status: string) =>
      `<item><regionName>${name}</regionName><optInStatus>${status}</optInStatus></item>`;
    aws.respond(
      "DescribeRegions",
      200,
      `<DescribeRegionsResponse><regionInfo>${region("us-east-1", "opt-in-not-required")}${region("af-south-1", "not-opted-in")}</regionInfo></DescribeRegionsResponse>`,
    );
    expect(await account.regionStatus("af-south-1")).toBe("not-opted-in");
    expect(await account.regionStatus("mars-1")).toBeUndefined();
    expect(aws.requests.at(-1)?.body).toContain("AllRegions=true");
  });

  it("returns the names of the availability zones", async () => {
    aws.respond(
      "DescribeAvailabilityZones",
      200,
      "<DescribeAvailabilityZonesResponse><availabilityZoneInfo><item><zoneName>us-east-1a</zoneName></item></availabilityZoneInfo></DescribeAvailabilityZonesResponse>",
    );
    expect(await account.zones()).toEqual(["us-east-1a"]);
  });
});

it("lists DB instances, and none when the list is empty", async () => {
  const instance = (environment: string) =>
    `<DBInstance><TagList><Tag><Key>Environment</Key><Value>${environment}</Value></Tag></TagList></DBInstance>`;
  const list = (instances: string) =>
    `<DescribeDBInstancesResponse><DescribeDBInstancesResult>${instances}</DescribeDBInstancesResult></DescribeDBInstancesResponse>`;
  aws.respond("DescribeDBInstances", 200, list(`<DBInstances>${instance("dev")}${instance("prod")}</DBInstances>`));
  expect(await account.databases()).toEqual([{ ours: true }, { ours: false }]);
  aws.respond("DescribeDBInstances", 200, list("<DBInstances/>"));
  expect(await account.databases()).toEqual([]);
});

it("returns the value of a quota", async () => {
  aws.respond("ServiceQuotasV20190624.GetServiceQuota", 200, JSON.stringify({ Quota: { Value: 5 } }));
  expect(await account.quota("vpc", "L-F678F1CE")).toBe(5);
  expect(JSON.parse(aws.requests.at(-1)?.body ?? "")).toEqual({ ServiceCode: "vpc", QuotaCode: "L-F678F1CE" });
});

it("returns the limit of concurrent Lambda executions", async () => {
  const settings = JSON.stringify({ AccountLimit: { ConcurrentExecutions: 10 } });
  aws.respond("GET /2016-08-19/account-settings", 200, settings);
  expect(await account.concurrency()).toBe(10);
});

it("returns domain and status of certificates", async () => {
  const certificate = { DomainName: "example.com", Status: "ISSUED" };
  aws.respond("CertificateManager.ListCertificates", 200, JSON.stringify({ CertificateSummaryList: [certificate] }));
  expect(await account.certificates()).toEqual([{ domain: "example.com", status: "ISSUED" }]);
  aws.respond("CertificateManager.DescribeCertificate", 200, JSON.stringify({ Certificate: certificate }));
  expect(await account.certificate("arn:aws:acm:us-east-1:123456789012:certificate/1")).toEqual({
    domain: "example.com",
    status: "ISSUED",
  });
});

describe("a hosted zone", () => {
  const path = "GET /2013-04-01/hostedzonesbyname?dnsname=example.com&maxitems=1";
  const list = (name: string) =>
    `<ListHostedZonesByNameResponse><HostedZones><HostedZone><Id>/hostedzone/Z1</Id><Name>${name}.</Name></HostedZone></HostedZones></ListHostedZonesByNameResponse>`;

  it("has the name servers of its delegation set", async () => {
    aws.respond(path, 200, list("example.com"));
    aws.respond(
      "GET /2013-04-01/hostedzone/Z1",
      200,
      "<GetHostedZoneResponse><DelegationSet><NameServers><NameServer>ns-1.example</NameServer></NameServers></DelegationSet></GetHostedZoneResponse>",
    );
    expect(await account.hostedZone("example.com")).toEqual({ nameServers: ["ns-1.example"] });
  });

  it("is undefined when the list starts with another domain or is empty", async () => {
    aws.respond(path, 200, list("example.net"));
    expect(await account.hostedZone("example.com")).toBeUndefined();
    aws.respond(path, 200, "<ListHostedZonesByNameResponse><HostedZones/></ListHostedZonesByNameResponse>");
    expect(await account.hostedZone("example.com")).toBeUndefined();
  });
});

describe("an identity provider", () => {
  it("is undefined when the account has none for the issuer", async () => {
    const body = "<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>None</Message></Error></ErrorResponse>";
    aws.respond("GetOpenIDConnectProvider", 404, body);
    expect(await account.identityProvider("issuer.example")).toBeUndefined();
    expect(aws.requests.at(-1)?.body).toContain(
      encodeURIComponent("arn:aws:iam::123456789012:oidc-provider/issuer.example"),
    );
  });

  const member = (environment: string) =>
    `<Tags><member><Key>Environment</Key><Value>${environment}</Value></member></Tags>`;

  it.each([
    ["the environment's tag", member("dev"), true],
    ["the tag of another environment", member("prod"), false],
    ["no tags", "<Tags/>", false],
  ] as const)("with %s is recognized as ours or not", async (_, tags, ours) => {
    aws.respond(
      "GetOpenIDConnectProvider",
      200,
      `<GetOpenIDConnectProviderResponse><GetOpenIDConnectProviderResult>${tags}</GetOpenIDConnectProviderResult></GetOpenIDConnectProviderResponse>`,
    );
    expect(await account.identityProvider("issuer.example")).toEqual({ ours });
  });
});

it.each([
  [200, "this-account"],
  [404, "none"],
  [403, "other-account"],
  [301, "other-region"],
] as const)("maps status %i of HeadBucket to the owner %s", async (status, owner) => {
  aws.respond("HEAD /names/", status);
  expect(await account.bucketOwner("names")).toBe(owner);
});

it("rejects with the message of AWS when it denies access", async () => {
  aws.respond(
    "DescribeVpcs",
    403,
    "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>No &amp; no</Message></Error></Errors></Response>",
  );
  await expect(account.vpcs()).rejects.toMatchObject({ name: "UnauthorizedOperation", message: "No & no" });
  aws.respond(
    "DescribeDBInstances",
    403,
    "<ErrorResponse><Error><Code>AccessDenied</Code><Message>No</Message></Error></ErrorResponse>",
  );
  await expect(account.databases()).rejects.toMatchObject({ name: "AccessDenied", message: "No" });
  const denied = JSON.stringify({ __type: "x#AccessDeniedException", Message: "No" });
  aws.respond("ServiceQuotasV20190624.GetServiceQuota", 400, denied);
  await expect(account.quota("vpc", "x")).rejects.toMatchObject({ name: "AccessDeniedException", message: "No" });
});

describe("the local AWS", () => {
  const message = "The local AWS has no such service.";
  const xml = `<ErrorResponse><Error><Code>UnknownServiceException</Code><Message>${message}</Message></Error></ErrorResponse>`;
  const json = JSON.stringify({ __type: "UnknownServiceException", message });

  it.each<[action: string, request: string, body: string, call: () => Promise<unknown>]>([
    ["ec2:DescribeVpcs", "DescribeVpcs", xml, () => account.vpcs()],
    ["rds:DescribeDBInstances", "DescribeDBInstances", xml, () => account.databases()],
    ["iam:GetOpenIDConnectProvider", "GetOpenIDConnectProvider", xml, () => account.identityProvider("x.example")],
    ["acm:ListCertificates", "CertificateManager.ListCertificates", json, () => account.certificates()],
    [
      "servicequotas:GetServiceQuota",
      "ServiceQuotasV20190624.GetServiceQuota",
      json,
      () => account.quota("vpc", "L-F678F1CE"),
    ],
    [
      "route53:ListHostedZonesByName",
      "GET /2013-04-01/hostedzonesbyname?dnsname=example.com&maxitems=1",
      json,
      () => account.hostedZone("example.com"),
    ],
  ])("is named as not implementing %s when it returns 501", async (action, request, body, call) => {
    aws.respond(request, 501, body);
    await expect(call()).rejects.toThrow(`The local AWS does not implement ${action}.`);
  });
});

describe("the recipients of alarms", () => {
  const subscriptions = (...members: [protocol: string, arn: string][]) => {
    const list = members.map(
      ([protocol, arn]) => `<member><Protocol>${protocol}</Protocol><SubscriptionArn>${arn}</SubscriptionArn></member>`,
    );
    const result = `<ListSubscriptionsByTopicResult><Subscriptions>${list.join("")}</Subscriptions></ListSubscriptionsByTopicResult>`;
    const body = `<ListSubscriptionsByTopicResponse>${result}</ListSubscriptionsByTopicResponse>`;
    aws.respond("ListSubscriptionsByTopic", 200, body);
  };
  const secret = (status: number, body: object) =>
    aws.respond("secretsmanager.GetSecretValue", status, JSON.stringify(body));
  const read = () => account.alarmRecipients("nv-demo-dev-notifications", "nv-demo-dev-notifications");

  it("are the confirmed email addresses and the addresses in the secret", async () => {
    subscriptions(["email", "arn:aws:sns:1"], ["email", "PendingConfirmation"], ["sqs", "arn:aws:sns:2"]);
    secret(200, { SecretString: JSON.stringify({ pagerDutyRoutingKey: "0".repeat(32) }) });
    expect(await read()).toEqual({
      confirmedEmails: 1,
      pendingEmails: 1,
      addresses: { pagerDutyRoutingKey: "0".repeat(32), pagerDutyRegion: "us" },
    });
  });

  it("are none while the secret has no value, and a problem while it is invalid", async () => {
    subscriptions();
    secret(400, { __type: "ResourceNotFoundException", message: "no value" });
    expect((await read())?.addresses).toEqual({ pagerDutyRegion: "us" });
    secret(200, { SecretString: '{"slackWebhookUrl":"https://example.com/credential"}' });
    expect((await read())?.addresses).toEqual({ problem: expect.stringContaining("slackWebhookUrl") });
    expect(JSON.stringify(await read())).not.toContain("credential");
  });

  it("are undefined without the topic", async () => {
    const body =
      "<ErrorResponse><Error><Code>NotFound</Code><Message>Topic does not exist</Message></Error></ErrorResponse>";
    aws.respond("ListSubscriptionsByTopic", 404, body);
    expect(await read()).toBeUndefined();
  });
});
