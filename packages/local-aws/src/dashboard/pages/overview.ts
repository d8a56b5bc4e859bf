import type { DashboardSources } from "../sources.ts";
import type { OverviewView } from "../views.ts";
import { notificationView } from "./notifications.ts";
import type { Page } from "./page.ts";
import { failureView, requestViews } from "./requests.ts";
import type { States } from "./states.ts";

const RECENT = 6;

/** What the project says about its systems, and how the deployment is. */
export function overviewPage(
  sources: Pick<DashboardSources, "content" | "records" | "queues" | "requests" | "sentMessages">,
  states: States,
): Page<OverviewView> {
  return {
    async read() {
      const { title, systems = [], notes = [] } = sources.content();
      const queues = sources.queues.all();
      const isDeadLetterQueue = (queue: (typeof queues)[number]) => sources.queues.sourcesOf(queue).length > 0;
      const messagesIn = (some: typeof queues) =>
        some.map((queue) => queue.counts()).reduce((sum, counts) => sum + counts.visible + counts.inFlight, 0);
      return {
        title,
        systems,
        notes,
        stacks: (await states.current()).length,
        resources: sources.records.all().length,
        functions: sources.records.ofType("aws_lambda_function").length,
        queuedMessages: messagesIn(queues.filter((queue) => !isDeadLetterQueue(queue))),
        deadLetters: messagesIn(queues.filter(isDeadLetterQueue)),
        requests: requestViews(sources, RECENT),
        failures: sources.requests.failures().slice(0, RECENT).map(failureView),
        notifications: sources.sentMessages.all().slice(-RECENT).reverse().map(notificationView),
      };
    },
  };
}
