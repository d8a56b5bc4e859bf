import { GetAccountSettingsCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { HeadBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";
import type { Account, BucketOwner, Certificate, HostedZone, Owned } from "./account.ts";
import { AwsRefusal, type SignedRequests } from "./signed-requests.ts";

export interface AwsAccountProps {
  readonly accountId: string;
  /** The environment's, by the tag with which the stacks mark what is theirs. */
  readonly environment: string;
  readonly sts: STSClient;
  readonly s3: S3Client;
  readonly lambda: LambdaClient;
  readonly requests: SignedRequests;
}

interface Tagged {
  readonly tagSet?: { readonly item?: readonly { readonly key: string; readonly value: string }[] };
}
type Set<Item> = { readonly item?: readonly Item[] } | "" | undefined;

type MemberTags = { readonly member?: readonly { readonly Key: string; readonly Value: string }[] } | "";

const IAM = "2010-05-08";
const EC2 = "2016-11-15";
const RDS = "2014-10-31";
const ROUTE53 = "/2013-04-01/hostedzone";

/** An account of AWS, or the local one in so far as the stand-in knows the actions. */
export class AwsAccount implements Account {
  readonly #props: AwsAccountProps;

  constructor(props: AwsAccountProps) {
    this.#props = props;
  }

  async identity() {
    const { Account: account = "", Arn: arn = "" } = await this.#props.sts.send(new GetCallerIdentityCommand({}));
    return { account, arn };
  }

  async regionStatus(region: string): Promise<string | undefined> {
    const { DescribeRegionsResponse: answer } = (await this.#ec2("DescribeRegions", { AllRegions: "true" })) as {
      DescribeRegionsResponse: { regionInfo: Set<{ regionName: string; optInStatus: string }> };
    };
    return items(answer.regionInfo).find(({ regionName }) => regionName === region)?.optInStatus;
  }

  async zones(): Promise<readonly string[]> {
    const { DescribeAvailabilityZonesResponse: answer } = (await this.#ec2("DescribeAvailabilityZones")) as {
      DescribeAvailabilityZonesResponse: { availabilityZoneInfo: Set<{ zoneName: string }> };
    };
    return items(answer.availabilityZoneInfo).map(({ zoneName }) => zoneName);
  }

  async elasticIps(): Promise<readonly Owned[]> {
    const { DescribeAddressesResponse: answer } = (await this.#ec2("DescribeAddresses")) as {
      DescribeAddressesResponse: { addressesSet: Set<Tagged> };
    };
    return items(answer.addressesSet).map((one) => this.#owned(one));
  }

  async vpcs(): Promise<readonly Owned[]> {
    const { DescribeVpcsResponse: answer } = (await this.#ec2("DescribeVpcs")) as {
      DescribeVpcsResponse: { vpcSet: Set<Tagged> };
    };
    return items(answer.vpcSet).map((one) => this.#owned(one));
  }

  async databases(): Promise<readonly Owned[]> {
    const { DescribeDBInstancesResponse: answer } = (await this.#props.requests.form(
      "rds",
      RDS,
      "DescribeDBInstances",
    )) as {
      DescribeDBInstancesResponse: {
        DescribeDBInstancesResult: {
          DBInstances: { DBInstance?: { TagList?: { Tag?: unknown } }[] } | "";
        };
      };
    };
    const { DBInstances: databases } = answer.DescribeDBInstancesResult;
    const mark = JSON.stringify({ Key: "Environment", Value: this.#props.environment });
    return (databases === "" ? [] : (databases.DBInstance ?? [])).map(({ TagList }) => ({
      ours: JSON.stringify(TagList ?? {}).includes(mark),
    }));
  }

  async quota(service: string, code: string): Promise<number> {
    const { Quota } = (await this.#props.requests.json("servicequotas", "ServiceQuotasV20190624.GetServiceQuota", {
      ServiceCode: service,
      QuotaCode: code,
    })) as { Quota: { Value: number } };
    return Quota.Value;
  }

  async concurrency(): Promise<number> {
    const { AccountLimit } = await this.#props.lambda.send(new GetAccountSettingsCommand({}));
    if (AccountLimit?.ConcurrentExecutions === undefined) throw new Error("Lambda tells no limit");
    return AccountLimit.ConcurrentExecutions;
  }

  async bucketOwner(bucket: string): Promise<BucketOwner> {
    try {
      const request = { Bucket: bucket, ExpectedBucketOwner: this.#props.accountId };
      await this.#props.s3.send(new HeadBucketCommand(request));
      return "us";
    } catch (error) {
      const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
      if (status === 404) return "nobody";
      if (status === 403) return "other-account";
      if (status === 301) return "other-region";
      throw error;
    }
  }

  async identityProvider(issuer: string): Promise<Owned | undefined> {
    const OpenIDConnectProviderArn = `arn:aws:iam::${this.#props.accountId}:oidc-provider/${issuer}`;
    try {
      const { GetOpenIDConnectProviderResponse: answer } = (await this.#props.requests.form(
        "iam",
        IAM,
        "GetOpenIDConnectProvider",
        { OpenIDConnectProviderArn },
      )) as { GetOpenIDConnectProviderResponse: { GetOpenIDConnectProviderResult: { Tags?: MemberTags } } };
      const { Tags } = answer.GetOpenIDConnectProviderResult;
      const tags = Tags ? (Tags.member ?? []) : [];
      return { ours: tags.some(({ Key, Value }) => Key === "Environment" && Value === this.#props.environment) };
    } catch (error) {
      if (error instanceof AwsRefusal && error.code === "NoSuchEntity") return undefined;
      throw error;
    }
  }

  async hostedZone(domain: string): Promise<HostedZone | undefined> {
    const { requests } = this.#props;
    const { ListHostedZonesByNameResponse: found } = (await requests.get("route53", `${ROUTE53}sbyname`, {
      dnsname: domain,
      maxitems: "1",
    })) as { ListHostedZonesByNameResponse: { HostedZones: { HostedZone?: { Id: string; Name: string }[] } | "" } };
    const [zone] = found.HostedZones === "" ? [] : (found.HostedZones.HostedZone ?? []);
    if (zone?.Name !== `${domain}.`) return undefined;
    const { GetHostedZoneResponse: told } = (await requests.get("route53", `/2013-04-01${zone.Id}`)) as {
      GetHostedZoneResponse: { DelegationSet: { NameServers: { NameServer: string[] } } };
    };
    return { nameServers: told.DelegationSet.NameServers.NameServer };
  }

  async certificates(): Promise<readonly Certificate[]> {
    const { CertificateSummaryList: list = [] } = (await this.#acm("ListCertificates", { MaxItems: 1000 })) as {
      CertificateSummaryList?: { DomainName: string; Status: string }[];
    };
    return list.map(({ DomainName, Status }) => ({ domain: DomainName, status: Status }));
  }

  async certificate(arn: string): Promise<Certificate> {
    const { Certificate: found } = (await this.#acm("DescribeCertificate", { CertificateArn: arn })) as {
      Certificate: { DomainName: string; Status: string };
    };
    return { domain: found.DomainName, status: found.Status };
  }

  #ec2(action: string, fields: Readonly<Record<string, string>> = {}) {
    return this.#props.requests.form("ec2", EC2, action, fields);
  }

  #acm(action: string, input: Readonly<Record<string, unknown>>): Promise<unknown> {
    return this.#props.requests.json("acm", `CertificateManager.${action}`, input);
  }

  #owned({ tagSet }: Tagged): Owned {
    const tags = tagSet?.item ?? [];
    return { ours: tags.some(({ key, value }) => key === "Environment" && value === this.#props.environment) };
  }
}

/** The XML of an empty set is an empty text. */
function items<Item>(set: Set<Item>): readonly Item[] {
  return set === "" || set === undefined ? [] : (set.item ?? []);
}
