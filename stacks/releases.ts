import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table/index.js";
import { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias/index.js";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission/index.js";
import type { Construct } from "constructs";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Bundle } from "./base/bundles.ts";
import type { Published } from "./base/outputs.ts";
import { Alarms } from "./constructs/alarms.ts";
import { Dashboard } from "./constructs/dashboard/dashboard.ts";
import { HttpApi, type HttpRoute } from "./constructs/http-api.ts";
import { NodeFunction } from "./constructs/node-function.ts";
import { guardAlarmDefinitions, releaseAlarmDefinitions } from "./releases/alarm-definitions.ts";
import { releasesDashboard } from "./releases/dashboard.ts";

/** Every list has one entry per stage, in the order of `stages`. */
export interface ReleasesOutputs {
  readonly stages: readonly string[];
  /** The URL of each stage, without a trailing slash. */
  readonly urls: readonly string[];
  readonly functionName: string;
  readonly apiId: string;
}

export interface ReleasesStackProps extends StackProps {
  readonly buildInfoBundle: Bundle;
  readonly guardBundle: Bundle;
  readonly routes: readonly HttpRoute[];
}

/**
 * A function whose published versions are released stage by stage. Each stage of the API has an alias. Terraform
 * updates only the aliases that follow the newest version; `npm run system -- release` updates the others, and
 * Terraform ignores their changes.
 */
export class ReleasesStack extends BaseStack {
  readonly outputs: Published<ReleasesOutputs>;

  constructor(scope: Construct, id: string, props: ReleasesStackProps) {
    super(scope, id, props);
    const released = new NodeFunction(this, "BuildInfo", {
      service: "build-info",
      bundle: props.buildInfoBundle,
      description: "Returns the commit that it was built from",
      publish: true,
      variables: {},
      statements: [],
      timeout: 5,
      memory: 256,
      network: "internet",
    });
    const { stages, throttling } = this.environment.releases;
    const api = new HttpApi(this, "Api", {
      name: "releases",
      description: "Releases API: one function, with an alias per stage",
      integrations: {
        Function: {
          // The alias is a stage variable.
          invokeArn: this.invokeArn(`function:${released.name}:$\${stageVariables.lambdaAlias}`),
          routes: props.routes,
        },
      },
      stages: Object.entries(stages).map(([name, { follows }]) => {
        const alias = this.#alias(name, follows, released);
        return {
          name,
          targets: { Invoke: { functionName: alias.functionName, qualifier: alias.name } },
          variables: { lambdaAlias: name },
          throttling,
        };
      }),
    });
    this.#monitor(api, released, this.#guard(released, props.guardBundle));
    this.outputs = this.publish({
      stages: Object.keys(stages),
      urls: Object.keys(stages).map((name) => `${api.endpoint}/${api.stage(name).name}`),
      functionName: released.resource.functionName,
      apiId: api.id,
    });
  }

  #alias(name: string, follows: "newest" | "releases", released: NodeFunction): LambdaAlias {
    return new LambdaAlias(this, `Alias-${name}`, {
      name,
      description: follows === "newest" ? "Follows the newest version" : "Updated by npm run system -- release",
      functionName: released.resource.functionName,
      functionVersion: released.resource.version, // Only the initial version where `follows` is `releases`.
      ...(follows === "releases" && { lifecycle: { ignoreChanges: ["function_version", "routing_config"] } }),
    });
  }

  /** The function that an alarm invokes to roll back a canary release. */
  #guard(released: NodeFunction, bundle: Bundle): NodeFunction {
    const history = new DynamodbTable(this, "History", {
      name: this.physicalName("table", "releases"),
      billingMode: "PAY_PER_REQUEST",
      hashKey: "stage",
      rangeKey: "at",
      attribute: [
        { name: "stage", type: "S" },
        { name: "at", type: "S" },
      ],
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true },
      deletionProtectionEnabled: this.environment.dataOnDestroy === "keep",
    });
    const guard = new NodeFunction(this, "Guard", {
      service: "release-guard",
      bundle,
      description: "Rolls back a canary release when the alarm of its stage starts",
      variables: { FUNCTION_NAME: released.name, TABLE_NAME: history.name },
      statements: [
        {
          sid: "UpdateAliases",
          actions: ["lambda:GetAlias", "lambda:UpdateAlias"],
          resources: [released.arn, `${released.arn}:*`],
        },
        { sid: "WriteHistory", actions: ["dynamodb:PutItem"], resources: [history.arn] },
      ],
      timeout: 30,
      memory: 256,
      network: "internet",
    });
    new LambdaPermission(this, "GuardByAlarms", {
      statementId: "AllowAlarms",
      functionName: guard.resource.functionName,
      action: "lambda:InvokeFunction",
      principal: "lambda.alarms.cloudwatch.amazonaws.com",
      sourceAccount: this.environment.accountId,
      sourceArn: this.arn("cloudwatch", `alarm:${this.environment.prefix}-releases-*`),
    });
    return guard;
  }

  #monitor(api: HttpApi, released: NodeFunction, guard: NodeFunction): void {
    const stages = Object.keys(this.environment.releases.stages);
    const ofStages = new Alarms(this, "Alarms", {
      alarmDefinitions: stages.flatMap((stage) => releaseAlarmDefinitions(released.name, stage)),
      functionArns: [guard.arn],
    });
    const ofGuard = new Alarms(this, "GuardAlarms", { alarmDefinitions: guardAlarmDefinitions(guard.name) });
    new Dashboard(this, "Dashboard", {
      name: "releases",
      title: "Releases",
      summary: "The stages of the API, the versions that they invoke, and the guard that rolls back a canary release.",
      alarms: {
        definitions: [...ofStages.definitions, ...ofGuard.definitions],
        arns: [...ofStages.arns, ...ofGuard.arns],
      },
      rows: releasesDashboard({ apiId: api.id, functionName: released.name, guardFunction: guard.name, stages }),
    });
  }
}
