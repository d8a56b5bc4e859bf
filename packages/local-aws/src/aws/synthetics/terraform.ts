import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { optionalText, text } from "../../provider/attributes.ts";
import type { Attributes, TerraformParts } from "../../provider/resource.ts";
import { arn } from "../../runtime/account.ts";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import { canaryArn, DEFAULT_MEMORY_MB, DEFAULT_TIMEOUT_SECONDS, functionNameOf, parseCanary } from "./canary.ts";
import type { Synthetics } from "./synthetics.ts";

export type ReadObject = (
  bucket: string,
  key: string,
  versionId: string | undefined,
) => Promise<Uint8Array> | Uint8Array;

interface SyntheticsTerraformParts {
  readonly canaries: Synthetics;
  readonly clock: Clock;
  readonly readObject: ReadObject;
}

/** `aws_synthetics_canary`: its zip is taken into the data folder when it is created or updated, and run from there. */
export function syntheticsTerraform({ canaries, clock, readObject }: SyntheticsTerraformParts): TerraformParts {
  const readZip = async ({ zip_file, s3_bucket, s3_key, s3_version }: Attributes): Promise<Uint8Array> => {
    if (typeof zip_file === "string") return readFile(zip_file);
    if (typeof s3_bucket === "string" && typeof s3_key === "string") {
      return readObject(s3_bucket, s3_key, optionalText(s3_version));
    }
    throw new AwsError("ValidationException", "Provide the script as zip_file, or as s3_bucket and s3_key.");
  };
  return {
    resources: [
      {
        type: "aws_synthetics_canary",
        identifiers: { arn: "synthetics:*:canary:{name}" },
        fileArgument: "zip_file",
        identity: (attributes) => optionalText(attributes.name),
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
            run_config: [{ memory_in_mb: DEFAULT_MEMORY_MB, timeout_in_seconds: DEFAULT_TIMEOUT_SECONDS }],
            timeline: [{ created: now, last_modified: now, last_started: "", last_stopped: "" }],
          };
        },
        async update(planned, prior) {
          const name = text(planned.name);
          parseCanary({ ...planned, engine_arn: prior.engine_arn });
          canaries.putCode(name, await readZip(planned));
          if (planned.start_canary !== prior.start_canary) {
            if (planned.start_canary === true) canaries.start(name);
            else canaries.stop(name);
          }
          return { run_config: [{ memory_in_mb: DEFAULT_MEMORY_MB, timeout_in_seconds: DEFAULT_TIMEOUT_SECONDS }] };
        },
        async start(attributes) {
          const name = text(attributes.name);
          if (!canaries.hasCode(name)) canaries.putCode(name, await readZip(attributes));
          canaries.put(parseCanary(attributes));
        },
        read(attributes) {
          const name = text(attributes.name);
          return canaries.find(name) ? { status: canaries.stateOf(name).status } : null;
        },
        delete: (attributes) => canaries.delete(text(attributes.name)),
      },
    ],
  };
}

function readFile(path: string): Uint8Array {
  if (existsSync(path)) return readFileSync(path);
  throw new AwsError("ValidationException", `The canary's zip ${path} does not exist.`);
}
