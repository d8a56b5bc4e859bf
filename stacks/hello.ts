import { Fn } from "cdktf";
import type { Construct } from "constructs";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Bundle } from "./base/bundles.ts";
import type { Published } from "./base/outputs.ts";
import { Alarms } from "./constructs/alarms.ts";
import { Dashboard } from "./constructs/dashboard/dashboard.ts";
import { HttpApi, type HttpRoute } from "./constructs/http-api.ts";
import { helloAlarmDefinitions } from "./hello/alarm-definitions.ts";
import { helloDashboard } from "./hello/dashboard.ts";
import { Edge, EdgePolicies } from "./hello/edge.ts";
import { HelloStage } from "./hello/hello-stage.ts";
import type { Route53Outputs } from "./route53.ts";

/** Every list has one entry per stage, in the order of `stages`. */
export interface HelloOutputs {
  readonly stages: readonly string[];
  /** The public URLs, without a trailing slash. */
  readonly urls: readonly string[];
  /** The API Gateway behind CloudFront. */
  readonly apiUrl: string;
  readonly tables: readonly string[];
  readonly apiId: string;
}

export interface HelloStackProps extends StackProps {
  readonly route53: Published<Route53Outputs>;
  readonly bundle: Bundle;
  readonly routes: readonly HttpRoute[];
}

/** The Hello API: an API Gateway, and for each stage a CloudFront distribution, a Lambda function and a table. */
export class HelloStack extends BaseStack {
  readonly outputs: Published<HelloOutputs>;

  constructor(scope: Construct, id: string, props: HelloStackProps) {
    super(scope, id, props);
    const { hello, domain } = this.environment;
    const stages = hello.stages.map((settings) => ({
      settings,
      stage: new HelloStage(this, `Stage-${settings.name}`, { name: settings.name, bundle: props.bundle }),
    }));
    const api = new HttpApi(this, "Api", {
      name: "hello",
      description: "Hello API: greets users with the days until their birthday",
      integrations: {
        Function: { invokeArn: this.invokeArn("function:$${stageVariables.functionName}"), routes: props.routes },
      },
      personalPaths: true,
      stages: stages.map(({ settings, stage }) => ({
        name: settings.name,
        targets: { Invoke: { functionName: stage.function.resource.functionName } },
        variables: { functionName: stage.function.name },
        throttling: settings.throttling,
      })),
    });
    const policies = new EdgePolicies(this, "EdgePolicies");
    const edges = stages.map(
      ({ settings: { name, subdomain } }) =>
        new Edge(this, `Edge-${name}`, {
          description: `Hello, ${name}`,
          policies,
          origin: Fn.element(Fn.split("://", api.endpoint), 1),
          originPath: `/${api.stage(name).name}`,
          ...(domain !== undefined && {
            domain: { name: `${subdomain}.${domain}`, zoneId: this.read(props.route53).zoneId },
          }),
        }),
    );
    this.#monitor(api, stages, edges);
    this.outputs = this.publish({
      stages: hello.stages.map(({ name }) => name),
      urls: edges.map(({ address }) => `${hello.edgeScheme}://${address}`),
      apiUrl: api.endpoint,
      tables: stages.map(({ stage }) => stage.table.name),
      apiId: api.id,
    });
  }

  #monitor(api: HttpApi, stages: readonly { readonly stage: HelloStage }[], edges: readonly Edge[]): void {
    const monitored = stages.map(({ stage }, index) => ({
      stage: stage.name,
      functionName: stage.function.name,
      apiId: api.id,
      table: stage.table.name,
      distributionId: edges[index]?.distributionId ?? "",
    }));
    new Dashboard(this, "Dashboard", {
      name: "hello",
      title: "Hello",
      summary: "The stages of the API, each with its distribution, its function and its table.",
      alarms: new Alarms(this, "Alarms", { alarmDefinitions: monitored.flatMap(helloAlarmDefinitions) }),
      rows: helloDashboard(monitored),
    });
  }
}
