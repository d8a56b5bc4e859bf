import { DescribeCertificateCommand, paginateListCertificates } from "@aws-sdk/client-acm";
import {
  DescribeAddressesCommand,
  DescribeAvailabilityZonesCommand,
  DescribeRegionsCommand,
  paginateDescribeVpcs,
} from "@aws-sdk/client-ec2";
import { GetOpenIDConnectProviderCommand, NoSuchEntityException } from "@aws-sdk/client-iam";
import { GetAccountSettingsCommand } from "@aws-sdk/client-lambda";
import { paginateDescribeDBInstances } from "@aws-sdk/client-rds";
import { GetHostedZoneCommand, ListHostedZonesByNameCommand } from "@aws-sdk/client-route-53";
import { HeadBucketCommand } from "@aws-sdk/client-s3";
import { GetSecretValueCommand, ResourceNotFoundException } from "@aws-sdk/client-secrets-manager";
import { GetServiceQuotaCommand } from "@aws-sdk/client-service-quotas";
import { NotFoundException, paginateListSubscriptionsByTopic } from "@aws-sdk/client-sns";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { InvalidAddressesError, parseAddresses } from "../../services/notifier/addresses.ts";
import type { Account, AlarmRecipients, BucketOwner, Certificate, HostedZone, OwnedResource } from "./account.ts";
import type { AwsClients } from "./aws-clients.ts";
import { httpStatus, requireSupport } from "./unsupported-action-error.ts";

export interface AwsAccountProps {
  readonly accountId: string;
  /** Name of the environment: the value of the `Environment` tag that its stacks put on their resources. */
  readonly environment: string;
  readonly region: string;
  /** Of the addresses in the secret `notifications`. */
  readonly webhookScheme: "https" | "http";
  readonly clients: AwsClients;
}

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** An account of AWS or of the local AWS, which implements only some of the actions. */
export class AwsAccount implements Account {
  readonly #props: AwsAccountProps;
  readonly #clients: AwsClients;

  constructor(props: AwsAccountProps) {
    this.#props = props;
    this.#clients = props.clients;
  }

  async identity() {
    const { Account: account = "", Arn: arn = "" } = await this.#clients.sts.send(new GetCallerIdentityCommand({}));
    return { account, arn };
  }

  async regionStatus(region: string): Promise<string | undefined> {
    const command = new DescribeRegionsCommand({ AllRegions: true });
    const { Regions = [] } = await requireSupport("ec2:DescribeRegions", this.#clients.ec2.send(command));
    return Regions.find(({ RegionName }) => RegionName === region)?.OptInStatus;
  }

  async zones(): Promise<readonly string[]> {
    const { AvailabilityZones = [] } = await requireSupport(
      "ec2:DescribeAvailabilityZones",
      this.#clients.ec2.send(new DescribeAvailabilityZonesCommand({})),
    );
    return AvailabilityZones.map(({ ZoneName = "" }) => ZoneName);
  }

  async elasticIps(): Promise<readonly OwnedResource[]> {
    const { Addresses = [] } = await requireSupport(
      "ec2:DescribeAddresses",
      this.#clients.ec2.send(new DescribeAddressesCommand({})),
    );
    return Addresses.map(({ Tags }) => this.#owned(Tags));
  }

  async vpcs(): Promise<readonly OwnedResource[]> {
    const pages = await requireSupport(
      "ec2:DescribeVpcs",
      collect(paginateDescribeVpcs({ client: this.#clients.ec2 }, {})),
    );
    return pages.flatMap(({ Vpcs = [] }) => Vpcs).map(({ Tags }) => this.#owned(Tags));
  }

  async databases(): Promise<readonly OwnedResource[]> {
    const pages = await requireSupport(
      "rds:DescribeDBInstances",
      collect(paginateDescribeDBInstances({ client: this.#clients.rds }, {})),
    );
    return pages.flatMap(({ DBInstances = [] }) => DBInstances).map(({ TagList }) => this.#owned(TagList));
  }

  async quota(service: string, code: string): Promise<number> {
    const { Quota } = await requireSupport(
      "servicequotas:GetServiceQuota",
      this.#clients.serviceQuotas.send(new GetServiceQuotaCommand({ ServiceCode: service, QuotaCode: code })),
    );
    if (Quota?.Value === undefined) throw new Error(`Service Quotas returned no value for ${service} ${code}.`);
    return Quota.Value;
  }

  async concurrency(): Promise<number> {
    const { AccountLimit } = await requireSupport(
      "lambda:GetAccountSettings",
      this.#clients.lambda.send(new GetAccountSettingsCommand({})),
    );
    if (AccountLimit?.ConcurrentExecutions === undefined) throw new Error("Lambda returned no concurrency limit.");
    return AccountLimit.ConcurrentExecutions;
  }

  async bucketOwner(bucket: string): Promise<BucketOwner> {
    try {
      const command = new HeadBucketCommand({ Bucket: bucket, ExpectedBucketOwner: this.#props.accountId });
      await this.#clients.s3.send(command);
      return "this-account";
    } catch (error) {
      const status = httpStatus(error);
      if (status === 404) return "none";
      if (status === 403) return "other-account";
      if (status === 301) return "other-region";
      throw error;
    }
  }

  async identityProvider(issuer: string): Promise<OwnedResource | undefined> {
    const arn = `arn:aws:iam::${this.#props.accountId}:oidc-provider/${issuer}`;
    try {
      const { Tags } = await requireSupport(
        "iam:GetOpenIDConnectProvider",
        this.#clients.iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn })),
      );
      return this.#owned(Tags);
    } catch (error) {
      if (error instanceof NoSuchEntityException) return undefined;
      throw error;
    }
  }

  async hostedZone(domain: string): Promise<HostedZone | undefined> {
    const { HostedZones: [zone] = [] } = await requireSupport(
      "route53:ListHostedZonesByName",
      this.#clients.route53.send(new ListHostedZonesByNameCommand({ DNSName: domain, MaxItems: 1 })),
    );
    // The list starts at the domain and continues with the next one in alphabetical order.
    if (zone?.Name !== `${domain}.`) return undefined;
    const { DelegationSet } = await this.#clients.route53.send(new GetHostedZoneCommand({ Id: zone.Id }));
    return { nameServers: DelegationSet?.NameServers ?? [] };
  }

  async certificates(): Promise<readonly Certificate[]> {
    const pages = await requireSupport(
      "acm:ListCertificates",
      collect(paginateListCertificates({ client: this.#clients.acm }, { MaxItems: 1000 })),
    );
    return pages
      .flatMap(({ CertificateSummaryList = [] }) => CertificateSummaryList)
      .map(({ DomainName: domain = "", Status: status = "" }) => ({ domain, status }));
  }

  async certificate(arn: string): Promise<Certificate> {
    const { Certificate: { DomainName: domain = "", Status: status = "" } = {} } = await requireSupport(
      "acm:DescribeCertificate",
      this.#clients.acm.send(new DescribeCertificateCommand({ CertificateArn: arn })),
    );
    return { domain, status };
  }

  async alarmRecipients(topic: string, secret: string): Promise<AlarmRecipients | undefined> {
    const { accountId, region } = this.#props;
    const TopicArn = `arn:aws:sns:${region}:${accountId}:${topic}`;
    try {
      const pages = await requireSupport(
        "sns:ListSubscriptionsByTopic",
        collect(paginateListSubscriptionsByTopic({ client: this.#clients.sns }, { TopicArn })),
      );
      const emails = pages
        .flatMap(({ Subscriptions = [] }) => Subscriptions)
        .filter(({ Protocol }) => Protocol === "email");
      const confirmed = emails.filter(({ SubscriptionArn = "" }) => SubscriptionArn.startsWith("arn:"));
      return {
        confirmedEmails: confirmed.length,
        pendingEmails: emails.length - confirmed.length,
        addresses: await this.#addresses(secret),
      };
    } catch (error) {
      if (error instanceof NotFoundException) return undefined;
      throw error;
    }
  }

  async #addresses(secret: string): Promise<AlarmRecipients["addresses"]> {
    try {
      const command = new GetSecretValueCommand({ SecretId: secret });
      const { SecretString = "{}" } = await this.#clients.secretsManager.send(command);
      return parseAddresses(SecretString, this.#props.webhookScheme);
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return parseAddresses("{}", this.#props.webhookScheme);
      if (error instanceof InvalidAddressesError) return { problem: error.message };
      throw error;
    }
  }

  #owned(tags: readonly Tag[] = []): OwnedResource {
    return { ours: tags.some(({ Key, Value }) => Key === "Environment" && Value === this.#props.environment) };
  }
}

async function collect<Page>(pages: AsyncIterable<Page>): Promise<Page[]> {
  const collected: Page[] = [];
  for await (const page of pages) collected.push(page);
  return collected;
}
