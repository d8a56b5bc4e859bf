import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider/index.js";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy/index.js";
import type { Construct } from "constructs";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Published } from "./base/outputs.ts";
import { policyDocument, type Statement } from "./base/policy.ts";
import { PrivateBucket } from "./constructs/private-bucket.ts";
import { deliveryBoundary, type Guarded, workloadBoundary } from "./delivery/boundaries.ts";
import { data } from "./delivery/calls/data.ts";
import { edge } from "./delivery/calls/edge.ts";
import { network } from "./delivery/calls/network.ts";
import { programs } from "./delivery/calls/programs.ts";
import { type Area, areaStatements, type Place } from "./delivery/calls/service-calls.ts";
import { DeliveryRole } from "./delivery/delivery-role.ts";
import { AUDIENCE, GITHUB_ISSUER, githubTrust, MAIN, type TrustedJobs } from "./delivery/github-trust.ts";
import { ARTIFACTS, releaseApproval } from "./delivery/role-names.ts";
import * as may from "./delivery/role-statements.ts";
import type { GithubRepository } from "./environment/environment.ts";
import type { StateBucketOutputs } from "./state-bucket.ts";

export interface DeliveryOutputs {
  /** Of the policy that no role of any stack may exceed. */
  readonly workloadBoundaryArn: string;
}

export interface DeliveryStackProps extends StackProps {
  readonly stateBucket: Published<StateBucketOutputs>;
}

/** Everything that Terraform deploys. */
export const areas: readonly Area[] = [network, programs, data, edge];

/** A plan that nobody approved within these days is made anew. */
const PLANS_KEPT_DAYS = 30;
/** Two hours: a database and a distribution take most of one. */
const APPLY_SESSION = 7_200;

/**
 * Who deploys, and the most that they may do. It is deployed by a person right after `state-bucket`, and by no role that it makes: those cannot touch it.
 *
 * The repositories of container images are in the stack `images`.
 */
export class DeliveryStack extends BaseStack {
  readonly outputs: Published<DeliveryOutputs>;
  readonly #place: Place;

  constructor(scope: Construct, id: string, props: DeliveryStackProps) {
    super(scope, id, props);
    const { accountId, region, prefix, dataOnDestroy, github } = this.environment;
    this.#place = { accountId, region, prefix, emptiesBuckets: dataOnDestroy === "delete" };
    const boundary = this.#policy("WorkloadBoundary", "workload-boundary", "The most that a program may be allowed", [
      ...workloadBoundary(this.#place, { stateBucketArn: this.#bucketArn("state") }),
    ]);
    if (github !== undefined) this.#roles(github, this.read(props.stateBucket));
    this.outputs = this.publish({ workloadBoundaryArn: boundary.arn });
  }

  #roles(github: GithubRepository, { accessLogBucket }: StateBucketOutputs): void {
    const place = this.#place;
    new PrivateBucket(this, "Artifacts", {
      thing: ARTIFACTS,
      accessLogs: { name: accessLogBucket },
      encryption: "kms",
      expireAfterDays: PLANS_KEPT_DAYS,
      keepOldVersionsDays: 1,
    });
    const provider = new IamOpenidConnectProvider(this, "Github", {
      url: `https://${GITHUB_ISSUER}`,
      clientIdList: [AUDIENCE],
    });
    const trust = (jobs: TrustedJobs) => githubTrust(provider.arn, github, jobs);
    const guarded = this.#guarded();
    const boundaryArn = this.#policy(
      "DeliveryBoundary",
      "delivery-boundary",
      "The most that a workflow may be allowed",
      [...deliveryBoundary(place, guarded, servicesInUse(place))],
    ).arn;
    const read = this.#areaPolicies("read");
    const write = this.#areaPolicies("write");
    const { name } = this.environment;
    const readStates = [...may.readStates(guarded.stateBucketArn, name), ...may.readRoles(place)];

    new DeliveryRole(this, "Review", {
      name: "review",
      description: "Plans what a pull request would change",
      trust: trust({ contexts: ["pull_request"] }),
      boundaryArn,
      policies: read,
      statements: readStates,
    });
    new DeliveryRole(this, "Plan", {
      name: "plan",
      description: "Plans the main branch and looks for drift",
      trust: trust({ contexts: [`ref:${MAIN}`], ref: MAIN }),
      boundaryArn,
      policies: read,
      statements: [...readStates, may.plansStatement("KeepPlans", "PutObject", guarded.artifactBucketArn)],
    });
    new DeliveryRole(this, "Apply", {
      name: "apply",
      description: "Applies what was approved",
      trust: trust({ contexts: [`environment:${name}`], ref: MAIN }),
      boundaryArn,
      session: APPLY_SESSION,
      policies: { ...read, ...write },
      statements: [
        ...readStates,
        ...may.writeStates(guarded.stateBucketArn, name),
        ...may.writeRoles(place, this.workloadBoundaryArn),
        ...may.pushImages(place), // those whose repository was not there before
        may.findPlans(guarded.artifactBucketArn),
        may.plansStatement("TakePlans", "GetObject", guarded.artifactBucketArn),
      ],
    });
    new DeliveryRole(this, "Images", {
      name: "images",
      description: "Pushes container images",
      trust: trust({ contexts: [`ref:${MAIN}`], ref: MAIN }),
      boundaryArn,
      statements: [...may.readStates(guarded.stateBucketArn, name), ...may.pushImages(place)],
    });
    new DeliveryRole(this, "Release", {
      name: "release",
      description: "Moves the stages of the Releases system",
      trust: trust({ contexts: [`environment:${releaseApproval(name)}`], ref: MAIN }),
      boundaryArn,
      statements: may.moveReleases(place, this.environment),
    });
  }

  #guarded(): Guarded {
    const { name } = this.environment;
    return {
      workloadBoundaryArn: this.workloadBoundaryArn,
      stateBucketArn: this.#bucketArn("state"),
      artifactBucketArn: this.#bucketArn(ARTIFACTS),
      guardedStates: [`${name}/state-bucket.tfstate`, `${name}/${this.node.id}.tfstate`],
    };
  }

  /** One policy an area, that the roles share. */
  #areaPolicies(kind: "read" | "write"): Record<string, IamPolicy> {
    return Object.fromEntries(
      areas.map((area) => {
        const id = `${kind === "read" ? "Read" : "Write"}-${area.name}`;
        const what = `To ${kind} ${area.name}`;
        const statements = areaStatements(area, this.#place, kind);
        return [id, this.#policy(id, `delivery-${kind}-${area.name}`, what, statements)];
      }),
    );
  }

  #policy(id: string, thing: string, description: string, statements: readonly Statement[]): IamPolicy {
    return new IamPolicy(this, id, {
      name: this.physicalName("policy", thing),
      description,
      policy: policyDocument(statements),
    });
  }

  /** By its name, because policies are to be readable in the plan. */
  #bucketArn(thing: string): string {
    return `arn:aws:s3:::${this.physicalName("bucket", thing)}`;
  }
}

/** The prefixes of all actions that a workflow may use. */
function servicesInUse(place: Place): string[] {
  const actions = areas.flatMap((area) =>
    area
      .calls(place)
      .flatMap(({ read, write, anywhere }) => [
        ...read,
        ...write,
        ...(anywhere?.read ?? []),
        ...(anywhere?.write ?? []),
      ]),
  );
  const prefixes = actions.map((action) => action.slice(0, action.indexOf(":")));
  return [...new Set([...prefixes, "iam"])].toSorted();
}
