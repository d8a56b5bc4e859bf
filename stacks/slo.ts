import type { Construct } from "constructs";
import { BaseStack, type StackProps } from "./base/base-stack.ts";
import type { Published } from "./base/outputs.ts";
import { alarmName } from "./constructs/describe-alarm.ts";
import type { FrontendOutputs } from "./frontend.ts";
import type { HelloOutputs } from "./hello.ts";
import type { MonitoringOutputs } from "./monitoring.ts";
import type { ReleasesOutputs } from "./releases.ts";
import type { ShoutOutputs } from "./shout.ts";
import { BurnRateAlarms } from "./slo/burn-rate-alarms.ts";
import type { Objective } from "./slo/objective.ts";
import { objectivesOf } from "./slo/objectives.ts";
import type { SumOutputs } from "./sum.ts";

export interface SloOutputs {
  /** The objectives, each as JSON, for `npm run slo`. */
  readonly objectives: readonly string[];
}

/** The outputs of systems that an environment may not have are undefined without them. */
export interface SloStackProps extends StackProps {
  readonly frontend: Published<FrontendOutputs>;
  readonly monitoring: Published<MonitoringOutputs>;
  readonly hello: Published<HelloOutputs> | undefined;
  readonly releases: Published<ReleasesOutputs> | undefined;
  readonly shout: Published<ShoutOutputs> | undefined;
  readonly sum: Published<SumOutputs> | undefined;
}

/** The stage of Hello and of Releases that serves users. */
const LIVE = "live";

/** The service level objectives of all systems, and their alarms if the environment has all alarms. */
export class SloStack extends BaseStack {
  readonly outputs: Published<SloOutputs>;
  /** ARNs of the alarms that notify. */
  readonly alarmArns: readonly string[];

  constructor(scope: Construct, id: string, props: SloStackProps) {
    super(scope, id, props);
    const objectives = objectivesOf(this.#systems(props));
    this.alarmArns = this.environment.parts.includes("alarms")
      ? objectives.flatMap((objective) => new BurnRateAlarms(this, objective.id, objective).arns)
      : [];
    this.outputs = this.publish({ objectives: objectives.map((objective) => toJson(objective)) });
  }

  #systems(props: SloStackProps) {
    const { frontend, hello, releases, shout, sum } = props;
    const api = (published: Published<{ readonly apiId: string }>) => this.read(published).apiId;
    const { databaseGoneAlarm } = this.read(props.monitoring);
    return {
      files: {
        apiId: api(frontend),
        stage: this.read(frontend).stage,
        errorsAlarm: alarmName(this, "ApiServerErrors"),
      },
      hello: hello && { apiId: api(hello), stage: LIVE, errorsAlarm: alarmName(this, "HelloLiveServerErrors") },
      releases: releases && { apiId: api(releases), stage: LIVE, errorsAlarm: undefined },
      shout: shout && {
        loadBalancer: this.read(shout).loadBalancer,
        errorsAlarm: alarmName(this, "ShoutUpstreamErrors"),
      },
      sum: sum && { loadBalancer: this.read(sum).loadBalancer, errorsAlarm: databaseGoneAlarm },
    };
  }
}

function toJson({ suppressedBy: _, ...objective }: Objective): string {
  return JSON.stringify(objective);
}
