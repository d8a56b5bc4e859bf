import { text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import type { Queues } from "../queues.ts";

interface PolicyAttachment {
  readonly type: string;
  /** The argument that contains the policy as JSON. */
  readonly argument: string;
  /** The property of the queue that stores the policy. */
  readonly field: "policy" | "redrivePolicy" | "redriveAllowPolicy";
}

/** A resource type that sets one policy of an existing queue, named by its URL. */
export function policyAttachment(queues: Queues, { type, argument, field }: PolicyAttachment): ResourceHandler {
  const queueOf = ({ queue_url: url }: Attributes) => queues.findByUrl(text(url));
  return {
    type,
    create: ({ queue_url: url }) => ({ id: queues.urlOf(queues.byUrl(text(url)).name) }),
    start(attributes) {
      const queue = queueOf(attributes);
      if (queue) queue[field] = text(attributes[argument]);
    },
    read(attributes) {
      const queue = queueOf(attributes);
      return queue?.[field] ? { ...attributes, [argument]: queue[field] } : null;
    },
    delete(attributes) {
      const queue = queueOf(attributes);
      if (queue) queue[field] = "";
    },
  };
}
