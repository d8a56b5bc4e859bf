import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { openAccess, ServedService } from "../../../gateway/testing/served-service.ts";
import type { Attributes } from "../../../provider/resource-handler.ts";
import { ManagedResources } from "../../../provider/testing/managed-resources.ts";
import { systemClock } from "../../../runtime/clock.ts";
import { CloudWatch } from "../cloudwatch.ts";
import type { Sample } from "../sampler.ts";

export interface ActionRun {
  readonly action: string;
  readonly event: unknown;
  readonly message: unknown;
  readonly subject: string;
}

/** A running CloudWatch, whose clock only the test moves. */
export class CloudWatchHarness {
  /** Milliseconds since the epoch. */
  now = systemClock.now();
  /** What the resources publish. */
  samples: readonly Sample[] = [];
  /** Those that alarms have run. */
  readonly actions: ActionRun[] = [];
  readonly cloudWatch: CloudWatch;
  readonly #resources: ManagedResources;
  readonly #alarms = new Map<string, Attributes>();
  #served: ServedService | undefined;
  #client: CloudWatchClient | undefined;

  private constructor(minute: number) {
    this.cloudWatch = new CloudWatch({
      access: openAccess(),
      clock: { now: () => this.now },
      runAction: async (action, _, { event, message, subject }) => {
        this.actions.push({ action, event, message, subject });
      },
      resources: () => this.samples,
      interval: 5,
      minute,
    });
    this.#resources = new ManagedResources(this.cloudWatch.terraform);
  }

  /** @param minute see the option of {@link CloudWatch}. */
  static async start({ minute = 60_000 } = {}): Promise<CloudWatchHarness> {
    const harness = new CloudWatchHarness(minute);
    harness.#served = await ServedService.start(harness.cloudWatch.service);
    harness.#client = new CloudWatchClient(harness.#served.client);
    return harness;
  }

  get client(): CloudWatchClient {
    if (!this.#client) throw new TypeError("The harness has not been started.");
    return this.#client;
  }

  /** Creates an alarm, or updates the one with the same name. */
  async apply(kind: "metric" | "composite", config: Attributes): Promise<void> {
    const name = String(config.alarm_name);
    this.#alarms.set(name, await this.#resources.apply(`aws_cloudwatch_${kind}_alarm`, config, this.#alarms.get(name)));
  }

  async applyDashboard(name: string, body: string): Promise<void> {
    await this.#resources.apply("aws_cloudwatch_dashboard", { dashboard_name: name, dashboard_body: body });
  }

  async state(name: string): Promise<string | undefined> {
    const command = new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes: ["CompositeAlarm", "MetricAlarm"] });
    const { MetricAlarms = [], CompositeAlarms = [] } = await this.client.send(command);
    return [...MetricAlarms, ...CompositeAlarms][0]?.StateValue;
  }

  async stop(): Promise<void> {
    this.#client?.destroy();
    this.#resources.close();
    this.cloudWatch.close();
    await this.#served?.stop();
  }
}
