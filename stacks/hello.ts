import { type App, Fn } from "cdktf";
import type { Construct } from "constructs";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Bundle, Bundles } from "./base/bundles.ts";
import type { Published } from "./base/outputs.ts";
import { Alarms } from "./constructs/alarms.ts";
import { Dashboard } from "./constructs/dashboard.ts";
import { HttpApi, type HttpRoute } from "./constructs/http-api.ts";
import type { Environment } from "./environment/environment.ts";
import { helloWatches } from "./hello/alarm-definitions.ts";
import { Edge, EdgePolicies } from "./hello/edge.ts";
import { HelloStage } from "./hello/hello-stage.ts";
import type { Route53Outputs } from "./route53.ts";

/** Lists have an entry for each stage, in the order of `stages`. */
export interface HelloOutputs {
  readonly stages: readonly string[];
  /** Where people are greeted, without a slash at the end. */
  readonly urls: readonly string[];
  /** The API behind the edge. */
  readonly apiUrl: string;
  readonly tables: readonly string[];
}

export interface HelloStackProps extends StackProps {
  readonly route53: Published<Route53Outputs>;
  readonly bundle: Bundle;
  readonly routes: readonly HttpRoute[];
}

/** The Hello API: CloudFront, API Gateway, and for each stage a function and a table of its own. */
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
      thing: "hello",
      description: "Hello: greets people by their next birthday",
      invokeArn: this.invokeArn("function:$${stageVariables.functionName}"),
      routes: props.routes,
      personalPaths: true,
      stages: stages.map(({ settings, stage }) => ({
        name: settings.name,
        target: { functionName: stage.function.function.functionName },
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
    this.#watch(api, stages, edges);
    this.outputs = this.publish({
      stages: hello.stages.map(({ name }) => name),
      urls: edges.map(({ address }) => `${hello.edgeScheme}://${address}`),
      apiUrl: api.endpoint,
      tables: stages.map(({ stage }) => stage.table.name),
    });
  }

  #watch(api: HttpApi, stages: readonly { readonly stage: HelloStage }[], edges: readonly Edge[]): void {
    const watches = stages.flatMap(({ stage }, index) =>
      helloWatches({
        stage: stage.name,
        functionName: stage.function.name,
        apiId: api.id,
        table: stage.table.name,
        distributionId: edges[index]?.distributionId ?? "",
      }),
    );
    new Alarms(this, "Alarms", { watches, topicArn: this.alarmTopicArn });
    new Dashboard(this, "Dashboard", { thing: "hello", watches });
  }
}

export interface HelloProps {
  readonly environment: Environment;
  readonly bundles: Bundles;
  readonly routes: readonly HttpRoute[];
  readonly route53: Published<Route53Outputs>;
}

/** The stacks of the Hello system. */
export function addHelloStacks(app: App, { environment, bundles, routes, route53 }: HelloProps): void {
  new HelloStack(app, "hello", { environment, route53, routes, bundle: bundles.hello });
}
