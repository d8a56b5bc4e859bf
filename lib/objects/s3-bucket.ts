import { isIP } from "node:net";
import { crc32 } from "node:zlib";
import type { AwsClient, AwsRequest, AwsResponse } from "../aws/aws-client.ts";
import { parseXml, type XmlElements } from "../aws/xml.ts";
import { encodeKey } from "../keys/object-key.ts";

/** A request to the bucket, or to an object in it. */
export interface BucketRequest extends Omit<AwsRequest, "hostPrefix" | "path" | "resource"> {
  /** Undefined for the bucket. */
  readonly key?: string;
}

/** The REST API of one bucket. Errors are those of the client. */
export class S3Bucket {
  readonly #client: AwsClient;
  readonly #name: string;

  constructor(client: AwsClient, name: string) {
    this.#client = client;
    this.#name = name;
  }

  /** @param timeout milliseconds */
  send(request: BucketRequest, timeout: number): Promise<AwsResponse> {
    return this.#client.send(this.#address(request), timeout);
  }

  /** The root element of the response. @param timeout milliseconds */
  async sendForXml(request: BucketRequest, timeout: number): Promise<XmlElements> {
    const { body } = await this.send(request, timeout);
    const [root] = Object.values(parseXml(body.toString()));
    return typeof root === "object" ? (root as XmlElements) : {};
  }

  /** Sends a request whose response is read by the caller. @param timeout milliseconds until the response begins */
  open(request: BucketRequest, timeout: number) {
    return this.#client.open(this.#address(request), timeout);
  }

  /** @param expiresIn seconds */
  presign(request: BucketRequest, expiresIn: number): Promise<string> {
    return this.#client.presign(this.#address(request), expiresIn);
  }

  /** The value of `x-amz-copy-source` for an object of this bucket. */
  copySource(key: string, version: string | undefined): string {
    const query = version === undefined ? "" : `?versionId=${encodeURIComponent(version)}`;
    return `${this.#name}/${encodeKey(key)}${query}`;
  }

  /**
   * The bucket is in the host name, or in the path where the host is an IP address, or a certificate would not match:
   * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
   */
  #address({ key = "", ...request }: BucketRequest): AwsRequest {
    const path = `/${encodeKey(key)}`;
    const hostname = this.#client.endpoint.hostname.replace(/^\[|\]$/g, "");
    const resource = { bucket_name: this.#name };
    return isIP(hostname) || this.#name.includes(".")
      ? { ...request, resource, path: `/${this.#name}${path}` }
      : { ...request, resource, hostPrefix: `${this.#name}.`, path };
  }
}

/** The header with the checksum of a body, which S3 verifies. */
export function checksumHeader(body: Uint8Array | string): Readonly<Record<string, string>> {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return { "x-amz-checksum-crc32": bytes.toString("base64") };
}
