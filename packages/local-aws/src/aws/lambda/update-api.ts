import type { Call, RestInput, RestOperation } from "../../gateway/protocol.ts";
import type { Clock } from "../../runtime/clock.ts";
import { AwsError } from "../../runtime/error.ts";
import type { CodeStore, StoredCode } from "./code-store.ts";
import { type FunctionConfiguration, functionArn, lambdaTime } from "./configuration.ts";
import { describeLatest, describeVersion } from "./describe.ts";
import { parseFunctionName } from "./function-name.ts";
import type { FunctionRegistry } from "./function-registry.ts";

export interface UpdateApiParts {
  readonly registry: FunctionRegistry;
  readonly code: CodeStore;
  readonly clock: Clock;
  readonly readObject: (bucket: string, key: string, versionId: string | undefined) => Promise<Uint8Array> | Uint8Array;
}

interface CodeInput {
  /** Base64. */
  readonly ZipFile?: string;
  readonly S3Bucket?: string;
  readonly S3Key?: string;
  readonly S3ObjectVersion?: string;
  readonly Publish?: boolean;
}

interface ConfigurationInput {
  readonly Description?: string;
  readonly Handler?: string;
  readonly MemorySize?: number;
  readonly Timeout?: number;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
}

interface PublishInput {
  readonly CodeSha256?: string;
  readonly Description?: string;
}

const FUNCTION = "/2015-03-31/functions/{FunctionName}";
const CHANGEABLE = ["Description", "Environment", "Handler", "MemorySize", "Timeout"];

/** The actions that change a function past Terraform, which sees it as drift. */
export function updateRoutes({ registry, code, clock, readObject }: UpdateApiParts): Record<string, RestOperation> {
  const allowed = ({ path }: RestInput, call: Call, action: string): FunctionConfiguration => {
    const { name } = parseFunctionName(path.FunctionName ?? "");
    call.authorize(action, functionArn(name));
    return registry.version(name, "$LATEST").configuration;
  };
  const change = ({ functionName }: FunctionConfiguration, changes: Partial<FunctionConfiguration>) =>
    registry.change(functionName, { ...changes, lastModified: lambdaTime(clock.now()) });
  const readPackage = async ({ ZipFile, S3Bucket, S3Key, S3ObjectVersion }: CodeInput): Promise<StoredCode> => {
    if (ZipFile !== undefined) return code.put(Buffer.from(ZipFile, "base64"));
    if (S3Bucket !== undefined && S3Key !== undefined)
      return code.put(await readObject(S3Bucket, S3Key, S3ObjectVersion));
    throw new AwsError("InvalidParameterValueException", "Please provide a source for function code.");
  };
  const publish = (configuration: FunctionConfiguration) => {
    const version = registry.publish(configuration);
    return describeVersion(registry.version(configuration.functionName, version));
  };
  return {
    [`PUT ${FUNCTION}/code`]: async (input, call) => {
      const configuration = allowed(input, call, "lambda:UpdateFunctionCode");
      const given = JSON.parse(input.body || "{}") as CodeInput;
      const changed = change(configuration, await readPackage(given));
      return given.Publish === true ? publish(changed) : describeLatest(changed);
    },
    [`PUT ${FUNCTION}/configuration`]: (input, call) => {
      const configuration = allowed(input, call, "lambda:UpdateFunctionConfiguration");
      const given = JSON.parse(input.body || "{}") as ConfigurationInput;
      const foreign = Object.keys(given).find((name) => !CHANGEABLE.includes(name));
      if (foreign !== undefined) {
        throw new AwsError(
          "InvalidParameterValueException",
          `The local stand-in changes ${CHANGEABLE.join(", ")} of a function, not ${foreign}.`,
        );
      }
      return describeLatest(
        change(configuration, {
          description: given.Description ?? configuration.description,
          handler: given.Handler ?? configuration.handler,
          memorySize: given.MemorySize ?? configuration.memorySize,
          timeout: given.Timeout ?? configuration.timeout,
          environment: given.Environment ? (given.Environment.Variables ?? {}) : configuration.environment,
        }),
      );
    },
    [`POST ${FUNCTION}/versions`]: (input, call) => {
      const configuration = allowed(input, call, "lambda:PublishVersion");
      const { CodeSha256, Description } = JSON.parse(input.body || "{}") as PublishInput;
      if (CodeSha256 !== undefined && CodeSha256 !== configuration.codeSha256) {
        throw new AwsError(
          "InvalidParameterValueException",
          `CodeSHA256 (${CodeSha256}) is different from current CodeSHA256 in $LATEST (${configuration.codeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
        );
      }
      return publish({ ...configuration, description: Description || configuration.description });
    },
  };
}
