import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { Aspects, S3Backend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Environment } from "../environment/environment.ts";
import { BoundRoles } from "./bound-roles.ts";
import { type NameKind, physicalName } from "./naming.ts";
import { type OutputValues, type Published, publish, read, type StateLocation } from "./outputs.ts";

/** The bindings are typed for 6.25; the stacks use what 5.100 knows as well. */
const AWS_PROVIDER_VERSION = ">= 5.100, < 7";
/** S3 lock file, write-only arguments and ephemeral values. */
const TERRAFORM_VERSION = ">= 1.11";

export interface StackProps {
  readonly environment: Environment;
}

/** What every stack has: the locked account, the tags, its state in the bucket, names and outputs. */
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
    Aspects.of(this).add(new BoundRoles(this.workloadBoundaryArn));
  }

  /** `<prefix>-<thing>`, checked against AWS's rules for its kind. */
  physicalName(kind: NameKind, thing: string): string {
    return physicalName(this.environment, kind, thing);
  }

  /** The ARN of something in this account and region by its name, for policies that must name it before it exists. */
  arn(service: string, resource: string): string {
    return `arn:aws:${service}:${this.environment.region}:${this.environment.accountId}:${resource}`;
  }

  /** Where API Gateway finds a function of this account and region by its name (`function:<name>`), for integrations that choose it by stage. */
  protected invokeArn(resource: string): string {
    return `arn:aws:apigateway:${this.environment.region}:lambda:path/2015-03-31/functions/${this.arn("lambda", resource)}/invocations`;
  }

  /** What no role of any stack may exceed; the stack `delivery` makes it. */
  get workloadBoundaryArn(): string {
    return `arn:aws:iam::${this.environment.accountId}:policy/${this.physicalName("policy", "workload-boundary")}`;
  }

  /** The topic of all alarms, by its name: a system need not wait for the monitoring of another to have its own. */
  get alarmTopicArn(): string {
    return this.arn("sns", this.physicalName("topic", "alarms"));
  }

  /** Declares what other stacks may use of this one; see {@link publish}. */
  protected publish<Outputs extends OutputValues<Outputs>>(values: Outputs): Published<Outputs> {
    return publish(this, this.#state, values);
  }

  /** What another stack declared; see {@link read}. */
  protected read<Outputs extends OutputValues<Outputs>>(published: Published<Outputs>): Outputs {
    return read(this, published);
  }

  /** The stack that a construct belongs to. */
  static override of(construct: Construct): BaseStack {
    const stack = TerraformStack.of(construct);
    if (!(stack instanceof BaseStack)) throw new TypeError(`${construct.node.path} does not belong to a BaseStack`);
    return stack;
  }
}
