import { AwsError, unsupported } from "../../runtime/error.ts";

/** Errors of several operations. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */

export const accessDenied = () => new AwsError("AccessDenied", "Access Denied", 403);

export const badDigest = (name: string) =>
  new AwsError("BadDigest", `The ${name} you specified did not match the calculated checksum.`);

export const entityTooLarge = (size: number, maximum: number) =>
  new AwsError("EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", 400, {
    ProposedSize: String(size),
    MaxSizeAllowed: String(maximum),
  });

export const incompleteBody = () =>
  new AwsError(
    "IncompleteBody",
    "You did not provide the number of bytes specified by the Content-Length HTTP header",
    400,
  );

export const invalidArgument = (message: string, name = "", value = "") =>
  new AwsError("InvalidArgument", message, 400, name ? { ArgumentName: name, ArgumentValue: value } : {});

export const invalidRequest = (message: string) => new AwsError("InvalidRequest", message);

export const malformedXml = () =>
  new AwsError(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
  );

export const noSuchBucket = (name: string) =>
  new AwsError("NoSuchBucket", "The specified bucket does not exist", 404, { BucketName: name });

export const noSuchKey = (key: string) =>
  new AwsError("NoSuchKey", "The specified key does not exist.", 404, { Key: key });

export const noSuchUpload = (id: string) =>
  new AwsError(
    "NoSuchUpload",
    "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
    404,
    { UploadId: id },
  );

export const noSuchVersion = (key: string, versionId: string) =>
  new AwsError("NoSuchVersion", "The specified version does not exist.", 404, { Key: key, VersionId: versionId });

export const notImplemented = (feature: string) =>
  unsupported(`S3 ${feature}`, { code: "NotImplemented", status: 501 });

export const preconditionFailed = (condition: string) =>
  new AwsError("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412, {
    Condition: condition,
  });
