/** An AWS service, as its requests name it. */
export interface AwsService {
  /** In error messages. */
  readonly name: string;
  /** The first label of the host name, and the service in the scope of a signature. */
  readonly id: string;
  /** The end of `AWS_ENDPOINT_URL_…`: https://docs.aws.amazon.com/sdkref/latest/guide/ss-endpoints-table.html */
  readonly variable: string;
}

export const s3: AwsService = { name: "S3", id: "s3", variable: "S3" };
export const lambda: AwsService = { name: "Lambda", id: "lambda", variable: "LAMBDA" };
export const xray: AwsService = { name: "X-Ray", id: "xray", variable: "XRAY" };

/** The URL of a service in AWS: https://docs.aws.amazon.com/general/latest/gr/rande.html */
export const awsEndpoint = ({ id }: AwsService, region: string): string =>
  `https://${id}.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
