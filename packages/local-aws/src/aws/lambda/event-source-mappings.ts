import type { Access } from "../../gateway/protocol.ts";
import type { QueueConsumer } from "../sqs/consumer.ts";
import type { EventSourceMapping } from "./event-source-mapping.ts";
import type { FunctionRegistry } from "./function-registry.ts";
import type { LambdaInvoker } from "./invoker.ts";
import { QueuePoller } from "./queue-poller.ts";

/** The actions of Lambda's poller, for which it uses the role of the function. */
const QUEUE_ACTIONS = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

export interface EventSourceMappingsOptions {
  readonly queues: QueueConsumer;
  readonly invoker: LambdaInvoker;
  readonly registry: FunctionRegistry;
  readonly access: Access;
}

/** The event source mappings, with a poller for each enabled one. */
export class EventSourceMappings {
  readonly #options: EventSourceMappingsOptions;
  readonly #mappings = new Map<string, EventSourceMapping>();
  readonly #pollers = new Map<string, QueuePoller>();
  #running = false;

  constructor(options: EventSourceMappingsOptions) {
    this.#options = options;
  }

  all(): EventSourceMapping[] {
    return [...this.#mappings.values()];
  }

  get(uuid: string): EventSourceMapping | undefined {
    return this.#mappings.get(uuid);
  }

  /** Creates a mapping, or replaces the one with the same ID. */
  async put(mapping: EventSourceMapping): Promise<void> {
    await this.#stop(mapping.uuid);
    this.#mappings.set(mapping.uuid, mapping);
    if (this.#running) this.#start(mapping);
  }

  async delete(uuid: string): Promise<void> {
    this.#mappings.delete(uuid);
    await this.#stop(uuid);
  }

  /** Starts the pollers. */
  resume(): void {
    this.#running = true;
    for (const mapping of this.all()) this.#start(mapping);
  }

  async close(): Promise<void> {
    this.#running = false;
    await Promise.all([...this.#pollers.keys()].map((uuid) => this.#stop(uuid)));
  }

  #start(mapping: EventSourceMapping): void {
    if (!mapping.enabled || this.#pollers.has(mapping.uuid)) return;
    const { queues, invoker } = this.#options;
    this.#pollers.set(
      mapping.uuid,
      new QueuePoller(mapping, { queues, invoker, authorize: () => this.#authorize(mapping) }),
    );
  }

  async #stop(uuid: string): Promise<void> {
    const poller = this.#pollers.get(uuid);
    this.#pollers.delete(uuid);
    await poller?.stop();
  }

  #authorize({ functionReference, eventSourceArn }: EventSourceMapping): void {
    const { role } = this.#options.registry.resolve(functionReference).configuration;
    const roleName = role.replace(/^.*\//, "");
    const caller = { kind: "role", arn: role, accessKeyId: "", roleName } as const;
    for (const action of QUEUE_ACTIONS) this.#options.access.authorize(caller, action, eventSourceArn);
  }
}
