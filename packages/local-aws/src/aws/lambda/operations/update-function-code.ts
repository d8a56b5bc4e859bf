import type { Call, RestInput } from "../../../gateway/protocol.ts";
import type { StoredCode } from "../../../processes/code-store.ts";
import { AwsError } from "../../../runtime/error.ts";
import { authorizedConfiguration } from "../authorized-configuration.ts";
import { lambdaTime } from "../configuration.ts";
import { latestDescription } from "../function-description.ts";
import { publishConfiguration } from "../publish-configuration.ts";
import type { LambdaContext } from "./context.ts";

interface Body {
  /** Base64. */
  readonly ZipFile?: string;
  readonly S3Bucket?: string;
  readonly S3Key?: string;
  readonly S3ObjectVersion?: string;
  readonly Publish?: boolean;
}

type Context = Pick<LambdaContext, "registry" | "code" | "clock" | "readObject">;

/** Terraform detects the change as drift. */
export const updateFunctionCode =
  (context: Context) =>
  async (input: RestInput, call: Call): Promise<object> => {
    const { registry, clock } = context;
    const { functionName } = authorizedConfiguration(registry, input, call, "lambda:UpdateFunctionCode");
    const body = JSON.parse(input.body || "{}") as Body;
    const stored = await storePackage(context, body);
    const configuration = registry.change(functionName, { ...stored, lastModified: lambdaTime(clock.now()) });
    return body.Publish === true ? publishConfiguration(registry, configuration) : latestDescription(configuration);
  };

async function storePackage({ code, readObject }: Context, body: Body): Promise<StoredCode> {
  const { ZipFile, S3Bucket, S3Key, S3ObjectVersion } = body;
  if (ZipFile !== undefined) return code.put(Buffer.from(ZipFile, "base64"));
  if (S3Bucket !== undefined && S3Key !== undefined) {
    return code.put(await readObject(S3Bucket, S3Key, S3ObjectVersion));
  }
  throw new AwsError("InvalidParameterValueException", "Please provide a source for function code.");
}
