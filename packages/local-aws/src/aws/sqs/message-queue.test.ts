import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { MessageQueue, type StoredMessage } from "./message-queue.ts";
import { toQueueSettings } from "./queue-settings.ts";

const VISIBILITY_SECONDS = 30;
const MAX_RECEIVES = 2;

interface Model {
  readonly body: string;
  visibleAt: number;
  receives: number;
  handle: string | undefined;
}

type Step =
  | { readonly kind: "send"; readonly delay: number }
  | { readonly kind: "receive"; readonly maximum: number }
  | { readonly kind: "delete" | "release" | "deleteStale"; readonly pick: number }
  | { readonly kind: "wait"; readonly seconds: number }
  | { readonly kind: "reopen" };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("send" as const), delay: fc.constantFrom(0, 0, 0, 5) }),
  fc.record({ kind: fc.constant("receive" as const), maximum: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constantFrom("delete" as const, "release" as const, "deleteStale" as const), pick: fc.nat(9) }),
  fc.record({ kind: fc.constant("wait" as const), seconds: fc.constantFrom(1, 5, 30) }),
  fc.constant({ kind: "reopen" as const }),
);

it("behaves like a model for any sequence of sends, receives, deletes, waits and restarts", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const directory = mkdtempSync(join(tmpdir(), "queue-"));
      const deadLetters: StoredMessage[] = [];
      let now = 1_000_000;
      const open = () => {
        const opened = new MessageQueue(
          { name: "q", arn: "arn:q" },
          toQueueSettings({ visibility_timeout_seconds: VISIBILITY_SECONDS }),
          directory,
          { now: () => now },
          (_target, message) => deadLetters.push(message) > 0,
        );
        opened.redrivePolicy = JSON.stringify({ deadLetterTargetArn: "arn:dead", maxReceiveCount: MAX_RECEIVES });
        return opened;
      };
      let queue = open();
      const model: Model[] = [];
      const expectedDead: string[] = [];
      const stale: string[] = [];
      let sent = 0;
      const inFlight = () => model.filter(({ handle, visibleAt }) => handle !== undefined && visibleAt > now);
      try {
        for (const action of steps) {
          if (action.kind === "send") {
            sent += 1;
            queue.send(`m${sent}`, {}, "sender", { delaySeconds: action.delay });
            model.push({ body: `m${sent}`, visibleAt: now + action.delay * 1000, receives: 0, handle: undefined });
          } else if (action.kind === "receive") {
            const expected: Model[] = [];
            for (const message of [...model]) {
              if (expected.length === action.maximum || message.visibleAt > now) continue;
              if (message.receives === MAX_RECEIVES) {
                model.splice(model.indexOf(message), 1);
                expectedDead.push(message.body);
              } else expected.push(message);
            }
            const received = queue.receiveNow(action.maximum);
            expect(received.map(({ body }) => body)).toEqual(expected.map(({ body }) => body));
            for (const [index, message] of expected.entries()) {
              if (message.handle !== undefined) stale.push(message.handle);
              message.receives += 1;
              message.visibleAt = now + VISIBILITY_SECONDS * 1000;
              message.handle = received[index]?.receiptHandle;
              expect(received[index]?.attributes.ApproximateReceiveCount).toBe(String(message.receives));
            }
          } else if (action.kind === "wait") now += action.seconds * 1000;
          else if (action.kind === "reopen") {
            queue.close();
            queue = open();
          } else if (action.kind === "deleteStale") {
            const handle = stale[action.pick % (stale.length || 1)];
            if (handle !== undefined) queue.delete(handle);
          } else {
            const message = inFlight()[action.pick % (inFlight().length || 1)];
            if (message?.handle === undefined) continue;
            if (action.kind === "release") {
              queue.changeVisibility(message.handle, 0);
              message.visibleAt = now;
            } else {
              queue.delete(message.handle);
              model.splice(model.indexOf(message), 1);
            }
          }
          const hidden = model.filter(({ visibleAt }) => visibleAt > now);
          expect(queue.counts()).toEqual({
            visible: model.length - hidden.length,
            inFlight: hidden.filter(({ receives }) => receives > 0).length,
            delayed: hidden.filter(({ receives }) => receives === 0).length,
          });
          expect(deadLetters.map(({ body }) => body)).toEqual(expectedDead);
        }
      } finally {
        queue.close();
        rmSync(directory, { recursive: true });
      }
    }),
    { numRuns: 150 },
  );
});

it("drops messages older than the retention period", () => {
  const directory = mkdtempSync(join(tmpdir(), "queue-"));
  let now = 0;
  const settings = toQueueSettings({ message_retention_seconds: 60 });
  const queue = new MessageQueue({ name: "q", arn: "arn:q" }, settings, directory, { now: () => now }, () => false);
  queue.send("old", {}, "sender");
  now = 59_999;
  expect(queue.counts().visible).toBe(1);
  now = 60_000;
  expect(queue.counts().visible).toBe(0);
  expect(queue.receiveNow(1)).toEqual([]);
  queue.close();
  rmSync(directory, { recursive: true });
});
