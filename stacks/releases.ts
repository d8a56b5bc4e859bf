import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table/index.js";
import { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias/index.js";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission/index.js";
import type { App } from "cdktf";
import type { Construct } from "constructs";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Bundle, Bundles } from "./base/bundles.ts";
import type { Published } from "./base/outputs.ts";
import { Alarms } from "./constructs/alarms.ts";
import { Dashboard } from "./constructs/dashboard.ts";
import { HttpApi, type HttpRoute } from "./constructs/http-api.ts";
import { NodeFunction } from "./constructs/node-function.ts";
import type { Environment } from "./environment/environment.ts";
import { releaseWatches } from "./releases/alarm-definitions.ts";

/** Lists have an entry for each stage, in the order of `stages`. */
export interface ReleasesOutputs {
  readonly stages: readonly string[];
  /** Where each stage answers, without a slash at the end. */
  readonly urls: readonly string[];
  readonly functionName: string;
}

export interface ReleasesStackProps extends StackProps {
  readonly buildInfoBundle: Bundle;
  readonly guardBundle: Bundle;
  readonly routes: readonly HttpRoute[];
}

/**
 * One function whose published versions are released stage by stage. Each stage of the API has an alias, and Terraform moves only those that
 * follow the newest version: `npm run release` moves the others, and what it did stays.
 */
export class ReleasesStack extends BaseStack {
  readonly outputs: Published<ReleasesOutputs>;

  constructor(scope: Construct, id: string, props: ReleasesStackProps) {
    super(scope, id, props);
    const released = new NodeFunction(this, "BuildInfo", {
      service: "build-info",
      bundle: props.buildInfoBundle,
      description: "Tells from which commit it was built",
      publish: true,
      variables: {},
      statements: [],
      timeout: 5,
      memory: 256,
      network: "internet",
    });
    const { stages, throttling } = this.environment.releases;
    const api = new HttpApi(this, "Api", {
      thing: "releases",
      description: "Releases: the versions of one function, each stage on its own",
      // the one function, by the alias that is the stage's variable
      invokeArn: this.invokeArn(`function:${released.name}:$\${stageVariables.lambdaAlias}`),
      routes: props.routes,
      stages: Object.entries(stages).map(([name, { follows }]) => {
        const alias = this.#alias(name, follows, released);
        return {
          name,
          target: { functionName: alias.functionName, qualifier: alias.name },
          variables: { lambdaAlias: name },
          throttling,
        };
      }),
    });
    this.#watch(released, Object.keys(stages), this.#guard(released, props.guardBundle));
    this.outputs = this.publish({
      stages: Object.keys(stages),
      urls: Object.keys(stages).map((name) => `${api.endpoint}/${api.stage(name).name}`),
      functionName: released.function.functionName,
    });
  }

  #alias(name: string, follows: "newest" | "releases", released: NodeFunction): LambdaAlias {
    return new LambdaAlias(this, `Alias-${name}`, {
      name,
      description: follows === "newest" ? "Follows the newest version" : "Moved by npm run release",
      functionName: released.function.functionName,
      functionVersion: released.function.version, // at its creation, where releases follow
      ...(follows === "releases" && { lifecycle: { ignoreChanges: ["function_version", "routing_config"] } }),
    });
  }

  /** What an alarm calls to take a canary back. */
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
      description: "Takes a canary back when the alarm of its stage goes on",
      variables: { FUNCTION_NAME: released.name, TABLE_NAME: history.name },
      statements: [
        {
          sid: "MoveStages",
          actions: ["lambda:GetAlias", "lambda:UpdateAlias"],
          resources: [released.arn, `${released.arn}:*`],
        },
        { sid: "Remember", actions: ["dynamodb:PutItem"], resources: [history.arn] },
      ],
      timeout: 30,
      memory: 256,
      network: "internet",
    });
    new LambdaPermission(this, "GuardByAlarms", {
      statementId: "AllowAlarms",
      functionName: guard.function.functionName,
      action: "lambda:InvokeFunction",
      principal: "lambda.alarms.cloudwatch.amazonaws.com",
      sourceAccount: this.environment.accountId,
      sourceArn: this.arn("cloudwatch", `alarm:${this.environment.prefix}-releases-*`),
    });
    return guard;
  }

  #watch(released: NodeFunction, stages: readonly string[], guard: NodeFunction): void {
    const watches = stages.flatMap((stage) => releaseWatches(released.name, stage));
    new Alarms(this, "Alarms", { watches, topicArn: this.alarmTopicArn, alsoCalls: [guard.arn] });
    new Dashboard(this, "Dashboard", { thing: "releases", watches });
  }
}

export interface ReleasesProps {
  readonly environment: Environment;
  readonly bundles: Bundles;
  readonly routes: readonly HttpRoute[];
}

/** The stacks of the Releases system. */
export function addReleasesStacks(app: App, { environment, bundles, routes }: ReleasesProps): void {
  new ReleasesStack(app, "releases", {
    environment,
    routes,
    buildInfoBundle: bundles["build-info"],
    guardBundle: bundles["release-guard"],
  });
}
