import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { block, number, optionalText, text } from "../../../provider/attributes.ts";
import type { Attributes, ResourceHandler } from "../../../provider/resource-handler.ts";
import { arn } from "../../../runtime/account.ts";
import type { Clock } from "../../../runtime/clock.ts";
import { AwsError } from "../../../runtime/error.ts";
import type { ReadObject } from "../../s3/object-reader.ts";
import type { Canaries } from "../canaries.ts";
import { canaryArn, DEFAULT_MEMORY_MB, DEFAULT_TIMEOUT_SECONDS, functionNameOf, parseCanary } from "../canary.ts";

export interface CanaryResourceParts {
  readonly canaries: Canaries;
  readonly clock: Clock;
  readonly readObject: ReadObject;
}

/** The zip of a canary is copied to the data folder when the canary is created or updated, and run from there. */
export function canaryResource({ canaries, clock, readObject }: CanaryResourceParts): ResourceHandler {
  const readZip = async ({ zip_file, s3_bucket, s3_key, s3_version }: Attributes): Promise<Uint8Array> => {
    if (typeof zip_file === "string") return readFile(zip_file);
    if (typeof s3_bucket === "string" && typeof s3_key === "string") {
      return readObject(s3_bucket, s3_key, optionalText(s3_version));
    }
    throw new AwsError("ValidationException", "Provide the script as zip_file, or as s3_bucket and s3_key.");
  };
  const defaultRunConfig = [{ memory_in_mb: DEFAULT_MEMORY_MB, timeout_in_seconds: DEFAULT_TIMEOUT_SECONDS }];
  return {
    type: "aws_synthetics_canary",
    fileArgument: "zip_file",
    identity: ({ name }) => optionalText(name),
    plan(planned) {
      if (typeof planned.name === "string") planned.arn = canaryArn(planned.name);
    },
    async create(planned) {
      const name = text(planned.name);
      const id = randomUUID();
      parseCanary(planned);
      canaries.putCode(name, await readZip(planned));
      if (planned.start_canary === true) canaries.start(name);
      const now = new Date(clock.now()).toISOString();
      return {
        id: name,
        arn: canaryArn(name),
        engine_arn: `${arn("lambda", `function:${functionNameOf(name, id)}`)}:1`,
        source_location_arn: arn("lambda", `layer:${functionNameOf(name, id)}:1`),
        status: canaries.stateOf(name).status,
        run_config: defaultRunConfig,
        timeline: [{ created: now, last_modified: now, last_started: "", last_stopped: "" }],
      };
    },
    async update(planned, prior) {
      const name = text(planned.name);
      parseCanary({ ...planned, engine_arn: prior.engine_arn });
      canaries.putCode(name, await readZip(planned));
      canaries.changeSchedule(name, undefined);
      if (planned.start_canary !== prior.start_canary) {
        if (planned.start_canary === true) canaries.start(name);
        else canaries.stop(name);
      }
      return { run_config: defaultRunConfig };
    },
    async start(attributes) {
      const name = text(attributes.name);
      if (!canaries.hasCode(name)) canaries.putCode(name, await readZip(attributes));
      canaries.put(parseCanary(attributes));
    },
    read(attributes) {
      const name = text(attributes.name);
      const canary = canaries.find(name);
      if (!canary) return null;
      const { status, changedSchedule } = canaries.stateOf(name);
      const { expression, durationSeconds } = canary;
      const recorded = block(attributes.schedule);
      // Terraform distinguishes null and 0.
      const isSame = number(recorded.duration_in_seconds, 0) === durationSeconds;
      const schedule = { ...recorded, expression, ...(!isSame && { duration_in_seconds: durationSeconds }) };
      return { status, ...(changedSchedule && { schedule: [schedule] }) };
    },
    delete: ({ name }) => canaries.delete(text(name)),
  };
}

function readFile(path: string): Uint8Array {
  if (existsSync(path)) return readFileSync(path);
  throw new AwsError("ValidationException", `The canary's zip ${path} does not exist.`);
}
