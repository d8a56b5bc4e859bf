import type { Construct } from "constructs";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Published } from "./base/outputs.ts";
import { Dashboard } from "./constructs/dashboard/dashboard.ts";
import type { ApiSource, BalancerSource } from "./constructs/dashboard/request-widgets.ts";
import type { ElasticacheOutputs } from "./elasticache.ts";
import type { FrontendOutputs } from "./frontend.ts";
import type { HelloOutputs } from "./hello.ts";
import type { NotificationsOutputs } from "./notifications.ts";
import { overviewDashboard } from "./overview/dashboard.ts";
import type { PostgresOutputs } from "./postgres.ts";
import type { ReleasesOutputs } from "./releases.ts";
import type { S3StorageOutputs } from "./s3-storage.ts";
import type { ShoutOutputs } from "./shout.ts";
import type { SumOutputs } from "./sum.ts";

/** The outputs of systems that an environment may not have are undefined without them. */
export interface OverviewStackProps extends StackProps {
  readonly notifications: Published<NotificationsOutputs>;
  readonly postgres: Published<PostgresOutputs>;
  readonly elasticache: Published<ElasticacheOutputs> | undefined;
  readonly s3Storage: Published<S3StorageOutputs>;
  readonly frontend: Published<FrontendOutputs>;
  readonly hello: Published<HelloOutputs> | undefined;
  readonly releases: Published<ReleasesOutputs> | undefined;
  readonly shout: Published<ShoutOutputs> | undefined;
  readonly sum: Published<SumOutputs> | undefined;
  /** ARNs of the alarms of all systems. */
  readonly alarmArns: readonly string[];
}

/** The dashboard of all systems. Every stack with a metric on it is deployed before. */
export class OverviewStack extends BaseStack {
  constructor(scope: Construct, id: string, props: OverviewStackProps) {
    super(scope, id, props);
    const storage = this.read(props.s3Storage);
    const notifications = this.read(props.notifications);
    new Dashboard(this, "Dashboard", {
      name: "overview",
      title: `nv-demo: ${this.environment.name}`,
      summary: "All systems. Each has a dashboard of its own, if the environment has it.",
      alarms: { definitions: [], arns: props.alarmArns },
      rows: overviewDashboard({
        apis: this.#apis(props),
        balancers: this.#balancers(props),
        databaseInstance: this.read(props.postgres).instanceId,
        cacheNode: props.elasticache && this.read(props.elasticache).firstNode,
        queues: [
          { label: "bucket events", name: storage.queueName },
          { label: "alarms", name: notifications.queueName },
        ],
        deadLetterQueues: [
          { label: "bucket events", name: storage.deadLetterQueueName },
          { label: "alarms", name: notifications.deadLetterQueueName },
        ],
      }),
    });
  }

  #apis({ frontend, hello, releases }: OverviewStackProps): ApiSource[] {
    const source = (label: string, published: Published<{ readonly apiId: string }>): ApiSource => ({
      label,
      dimensions: { ApiId: this.read(published).apiId },
    });
    return [
      source("Files", frontend),
      ...(hello ? [source("Hello", hello)] : []),
      ...(releases ? [source("Releases", releases)] : []),
    ];
  }

  #balancers({ shout, sum }: OverviewStackProps): BalancerSource[] {
    const source = (label: string, published: Published<{ readonly loadBalancer: string }>): BalancerSource => ({
      label,
      dimensions: { LoadBalancer: this.read(published).loadBalancer },
    });
    return [...(shout ? [source("Shout", shout)] : []), ...(sum ? [source("Sum", sum)] : [])];
  }
}
