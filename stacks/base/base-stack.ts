import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { Aspects, S3Backend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Environment } from "../environment/environment.ts";
import { type NameKind, physicalName } from "./naming.ts";
import { type OutputValues, type Published, publish, read, type StateLocation } from "./outputs.ts";
import { PermissionsBoundary } from "./permissions-boundary.ts";

/** The bindings are generated from 6.25; the stacks use only arguments that 5.100 supports as well. */
const AWS_PROVIDER_VERSION = ">= 5.100, < 7";
/** The first version with S3 lock files, ephemeral values and write-only arguments. */
const TERRAFORM_VERSION = ">= 1.11";

export interface StackProps {
  readonly environment: Environment;
}

/**
 * The base of every stack: configures the S3 backend, the AWS provider with the allowed account and default tags, and
 * the permissions boundary, and provides physical names, ARNs and outputs.
 */
export abstract class BaseStack extends TerraformStack {
  readonly environment: Environment;
  readonly #state: StateLocation;

  constructor(scope: Construct, id: string, { environment }: StackProps) {
    super(scope, id);
    this.environment = environment;
    this.#state = {
      bucket: this.physicalName("bucket", "state"),
      key: `${environment.name}/${id}.tfstate`,
      region: environment.region,
      usePathStyle: environment.s3Addressing === "path",
    };
    new S3Backend(this, { ...this.#state, encrypt: true }).addOverride("use_lockfile", true);
    new AwsProvider(this, "Aws", {
      region: environment.region,
      allowedAccountIds: [environment.accountId],
      s3UsePathStyle: environment.s3Addressing === "path",
      defaultTags: [{ tags: { Project: "nv-demo", Environment: environment.name, Stack: id, ManagedBy: "terraform" } }],
    });
    this.addOverride("terraform.required_providers.aws.version", AWS_PROVIDER_VERSION);
    this.addOverride("terraform.required_version", TERRAFORM_VERSION);
    Aspects.of(this).add(new PermissionsBoundary(this.workloadBoundaryArn));
  }

  /**
   * `<prefix>-<name>`, validated against the limits of AWS for the kind.
   *
   * @throws NameError
   */
  physicalName(kind: NameKind, name: string): string {
    return physicalName(this.environment, kind, name);
  }

  /** The ARN of a resource of this account and region, for policies that name the resource before it exists. */
  arn(service: string, resource: string): string {
    return `arn:aws:${service}:${this.environment.region}:${this.environment.accountId}:${resource}`;
  }

  /**
   * The URI with which API Gateway invokes a function of this account and region.
   *
   * @param resource `function:<name>`, where the name may contain stage variables.
   */
  protected invokeArn(resource: string): string {
    const functionArn = this.arn("lambda", resource);
    return `arn:aws:apigateway:${this.environment.region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
  }

  /** The permissions boundary of every role; the stack `delivery` creates it. */
  get workloadBoundaryArn(): string {
    return `arn:aws:iam::${this.environment.accountId}:policy/${this.physicalName("policy", "workload-boundary")}`;
  }

  /**
   * The topic of all alarms, which the stack `notifications` creates before every stack with alarms. The ARN is built
   * from the name, so that no stack needs its output.
   */
  get alarmTopicArn(): string {
    return this.arn("sns", this.physicalName("topic", "notifications"));
  }

  /** Declares the outputs that other stacks may read; see {@link publish}. */
  protected publish<Outputs extends OutputValues<Outputs>>(values: Outputs): Published<Outputs> {
    return publish(this, this.#state, values);
  }

  /** Reads the outputs of another stack; see {@link read}. */
  protected read<Outputs extends OutputValues<Outputs>>(published: Published<Outputs>): Outputs {
    return read(this, published);
  }

  /**
   * The stack that a construct belongs to.
   *
   * @throws TypeError when it is not a BaseStack.
   */
  static override of(construct: Construct): BaseStack {
    const stack = TerraformStack.of(construct);
    if (!(stack instanceof BaseStack)) throw new TypeError(`${construct.node.path} does not belong to a BaseStack`);
    return stack;
  }
}
