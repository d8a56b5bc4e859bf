import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider/index.js";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy/index.js";
import type { Construct } from "constructs";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Published } from "./base/outputs.ts";
import { policyDocument, type Statement } from "./base/policy.ts";
import { PrivateBucket } from "./constructs/private-bucket.ts";
import { analytics } from "./delivery/actions/analytics.ts";
import { data } from "./delivery/actions/data.ts";
import { edge } from "./delivery/actions/edge.ts";
import { network } from "./delivery/actions/network.ts";
import { programs } from "./delivery/actions/programs.ts";
import { type ArnScope, areaStatements, type PolicyArea } from "./delivery/actions/service-actions.ts";
import { deliveryBoundary, type ProtectedResources, workloadBoundary } from "./delivery/boundaries.ts";
import { DeliveryRole } from "./delivery/delivery-role.ts";
import { AUDIENCE, GITHUB_ISSUER, githubTrust, MAIN, type TrustedJobs } from "./delivery/github-trust.ts";
import { ARTIFACTS, releaseApproval } from "./delivery/role-names.ts";
import {
  listPlans,
  plansStatement,
  pushImages,
  readRoles,
  readStates,
  updateReleases,
  writeRoles,
  writeStates,
} from "./delivery/role-statements.ts";
import type { GithubRepository } from "./environment/environment.ts";
import type { StateBucketOutputs } from "./state-bucket.ts";

export interface DeliveryOutputs {
  /** The permissions boundary of the roles of all stacks. */
  readonly workloadBoundaryArn: string;
}

export interface DeliveryStackProps extends StackProps {
  readonly stateBucket: Published<StateBucketOutputs>;
}

/** All AWS services that Terraform uses, by area. */
export const areas: readonly PolicyArea[] = [network, programs, data, edge, analytics];

/** Unapproved plans expire after this number of days. */
const PLAN_RETENTION_DAYS = 30;
/** In seconds; creating a database and a distribution takes most of an hour. */
const APPLY_SESSION_DURATION = 7_200;

/**
 * The roles of the deployment workflows, the trust in GitHub, and the permissions boundaries. An operator deploys this
 * stack right after `state-bucket`; the roles that it creates cannot change it.
 *
 * The repositories of container images are in the stack `images`.
 */
export class DeliveryStack extends BaseStack {
  readonly outputs: Published<DeliveryOutputs>;
  readonly #arnScope: ArnScope;

  constructor(scope: Construct, id: string, props: DeliveryStackProps) {
    super(scope, id, props);
    const { accountId, region, prefix, dataOnDestroy, github } = this.environment;
    this.#arnScope = { accountId, region, prefix, emptiesBuckets: dataOnDestroy === "delete" };
    // A change of the description of a policy replaces the policy.
    const boundary = this.#policy("WorkloadBoundary", "workload-boundary", "The most that a program may be allowed", [
      ...workloadBoundary(this.#arnScope, { stateBucketArn: this.#bucketArn("state") }),
    ]);
    if (github !== undefined) this.#roles(github, this.read(props.stateBucket));
    this.outputs = this.publish({ workloadBoundaryArn: boundary.arn });
  }

  #roles(github: GithubRepository, { accessLogBucket }: StateBucketOutputs): void {
    const arnScope = this.#arnScope;
    new PrivateBucket(this, "Artifacts", {
      name: ARTIFACTS,
      accessLogs: { name: accessLogBucket },
      encryption: "kms",
      expireAfterDays: PLAN_RETENTION_DAYS,
      noncurrentVersionDays: 1,
    });
    const provider = new IamOpenidConnectProvider(this, "Github", {
      url: `https://${GITHUB_ISSUER}`,
      clientIdList: [AUDIENCE],
    });
    const trust = (jobs: TrustedJobs) => githubTrust(provider.arn, github, jobs);
    const protectedResources = this.#protectedResources();
    const boundaryArn = this.#policy(
      "DeliveryBoundary",
      "delivery-boundary",
      "The most that a workflow may be allowed",
      [...deliveryBoundary(arnScope, protectedResources, servicesInUse(arnScope))],
    ).arn;
    const read = this.#areaPolicies("read");
    const write = this.#areaPolicies("write");
    const { name } = this.environment;
    const planStatements = [...readStates(protectedResources.stateBucketArn, name), ...readRoles(arnScope)];

    new DeliveryRole(this, "Review", {
      name: "review",
      description: "Plans pull requests",
      trustPolicy: trust({ contexts: ["pull_request"] }),
      boundaryArn,
      policies: read,
      statements: planStatements,
    });
    new DeliveryRole(this, "Plan", {
      name: "plan",
      description: "Plans the main branch and detects drift",
      trustPolicy: trust({ contexts: [`ref:${MAIN}`], ref: MAIN }),
      boundaryArn,
      policies: read,
      statements: [...planStatements, plansStatement("WritePlans", "PutObject", protectedResources.artifactBucketArn)],
    });
    new DeliveryRole(this, "Apply", {
      name: "apply",
      description: "Applies approved plans",
      trustPolicy: trust({ contexts: [`environment:${name}`], ref: MAIN }),
      boundaryArn,
      maxSessionDuration: APPLY_SESSION_DURATION,
      policies: { ...read, ...write },
      statements: [
        ...planStatements,
        ...writeStates(protectedResources.stateBucketArn, name),
        ...writeRoles(arnScope, this.workloadBoundaryArn),
        ...pushImages(arnScope), // Images of repositories that this deployment creates.
        listPlans(protectedResources.artifactBucketArn),
        plansStatement("ReadPlans", "GetObject", protectedResources.artifactBucketArn),
      ],
    });
    new DeliveryRole(this, "Images", {
      name: "images",
      description: "Pushes container images",
      trustPolicy: trust({ contexts: [`ref:${MAIN}`], ref: MAIN }),
      boundaryArn,
      statements: [...readStates(protectedResources.stateBucketArn, name), ...pushImages(arnScope)],
    });
    new DeliveryRole(this, "Release", {
      name: "release",
      description: "Updates the stages of the Releases system",
      trustPolicy: trust({ contexts: [`environment:${releaseApproval(name)}`], ref: MAIN }),
      boundaryArn,
      statements: updateReleases(arnScope, this.environment),
    });
  }

  #protectedResources(): ProtectedResources {
    const { name } = this.environment;
    return {
      workloadBoundaryArn: this.workloadBoundaryArn,
      stateBucketArn: this.#bucketArn("state"),
      artifactBucketArn: this.#bucketArn(ARTIFACTS),
      protectedStates: [`${name}/state-bucket.tfstate`, `${name}/${this.node.id}.tfstate`],
    };
  }

  /** One managed policy per area, which the roles share. */
  #areaPolicies(kind: "read" | "write"): Record<string, IamPolicy> {
    return Object.fromEntries(
      areas.map((area) => {
        const id = `${kind === "read" ? "Read" : "Write"}-${area.name}`;
        const description = `To ${kind} ${area.name}`;
        const statements = areaStatements(area, this.#arnScope, kind);
        return [id, this.#policy(id, `delivery-${kind}-${area.name}`, description, statements)];
      }),
    );
  }

  #policy(id: string, name: string, description: string, statements: readonly Statement[]): IamPolicy {
    return new IamPolicy(this, id, {
      name: this.physicalName("policy", name),
      description,
      policy: policyDocument(statements),
    });
  }

  /** Built from the name instead of a reference, so that policies are readable in the plan. */
  #bucketArn(name: string): string {
    return `arn:aws:s3:::${this.physicalName("bucket", name)}`;
  }
}

/** The prefixes of all actions that the workflow roles may use. */
function servicesInUse(arnScope: ArnScope): string[] {
  const actions = areas.flatMap((area) =>
    area
      .services(arnScope)
      .flatMap(({ read, write, unscoped }) => [
        ...read,
        ...write,
        ...(unscoped?.read ?? []),
        ...(unscoped?.write ?? []),
      ]),
  );
  const prefixes = actions.map((action) => action.slice(0, action.indexOf(":")));
  return [...new Set([...prefixes, "iam"])].toSorted();
}
