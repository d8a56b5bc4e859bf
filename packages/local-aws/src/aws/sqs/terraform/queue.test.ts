import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openAccess } from "../../../gateway/testing/served-service.ts";
import { TerraformWorkspace } from "../../../provider/testing/terraform.ts";
import { systemClock } from "../../../runtime/clock.ts";
import { queueArn } from "../queues.ts";
import { Sqs } from "../sqs.ts";

const QUEUE_ARN = queueArn("work");

let directory: string;
let sqs: Sqs;
let workspace: TerraformWorkspace;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "sqs-"));
  const endpoint = () => "http://127.0.0.1:4566";
  sqs = new Sqs({ directory, access: openAccess(), clock: systemClock, endpoint });
  workspace = new TerraformWorkspace(sqs.terraform);
  await workspace.start();
});

afterEach(() => {
  workspace.stop();
  sqs.close();
  rmSync(directory, { recursive: true });
});

function queues(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    resource: {
      aws_sqs_queue: {
        dead: { name_prefix: "dead-" },
        work: {
          name: "work",
          visibility_timeout_seconds: 10,
          redrive_policy: "${jsonencode({deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 3})}",
          ...changes,
        },
      },
      aws_sqs_queue_policy: {
        work: {
          queue_url: "${aws_sqs_queue.work.url}",
          policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Principal: { Service: "s3.amazonaws.com" },
                Action: "sqs:SendMessage",
                Resource: QUEUE_ARN,
                Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::files" } },
              },
            ],
          }),
        },
      },
      aws_sqs_queue_redrive_allow_policy: {
        dead: {
          queue_url: "${aws_sqs_queue.dead.id}",
          redrive_allow_policy:
            '${jsonencode({redrivePermission = "byQueue", sourceQueueArns = [aws_sqs_queue.work.arn]})}',
        },
      },
    },
    data: { aws_sqs_queue: { work: { name: "${aws_sqs_queue.work.name}" } } },
    output: { found: { value: "${data.aws_sqs_queue.work.url}" } },
  };
}

it("creates, updates and destroys queues, policies and messages, and plans no changes in between", async () => {
  await workspace.apply(queues());
  expect((await workspace.plan()).code).toBe(0);
  const { id, url, arn } = workspace.attributes("aws_sqs_queue.work");
  expect({ id, url, arn }).toEqual({
    id: "http://127.0.0.1:4566/000000000000/work",
    url: "http://127.0.0.1:4566/000000000000/work",
    arn: QUEUE_ARN,
  });
  expect((await workspace.run("output", "-raw", "found")).output).toBe(url);
  const dead = workspace.attributes("aws_sqs_queue.dead");
  expect(dead.name).toMatch(/^dead-[0-9a-f]{26}$/);
  expect(dead.arn).toBe(queueArn(String(dead.name)));
  expect(sqs.mayReceive(QUEUE_ARN, "s3.amazonaws.com", "arn:aws:s3:::files")).toBe(true);

  sqs.send(QUEUE_ARN, "survives the update");
  await workspace.apply(queues({ visibility_timeout_seconds: 20 }));
  expect((await workspace.plan()).code).toBe(0);
  expect(sqs.mayReceive(QUEUE_ARN, "s3.amazonaws.com", "arn:aws:s3:::files")).toBe(true);
  const options = { maximum: 1, waitSeconds: 0, signal: new AbortController().signal };
  expect(await sqs.receive(QUEUE_ARN, options)).toMatchObject([{ body: "survives the update" }]);

  expect((await workspace.run("destroy", "-auto-approve", "-no-color")).code).toBe(0);
  expect(existsSync(join(directory, "work"))).toBe(false);
  expect(() => sqs.send(QUEUE_ARN, "late")).toThrow("does not exist");
});

it("rejects a FIFO queue and a second queue of the same name", async () => {
  await expect(workspace.apply(queues({ name: "work.fifo", fifo_queue: true }))).rejects.toThrow(
    "does not support FIFO queues",
  );
  const twice = { aws_sqs_queue: { one: { name: "same" }, two: { name: "same" } } };
  await expect(workspace.apply({ resource: twice })).rejects.toThrow("already exists");
});
