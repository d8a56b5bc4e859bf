import { createHash } from "node:crypto";
import { AwsError } from "../../runtime/error.ts";
import {
  CHECKSUM_ALGORITHMS,
  type Checksum,
  type ChecksumAlgorithm,
  checksumOf,
  compositeChecksum,
} from "./checksum.ts";
import { invalidRequest, malformedXml, notImplemented } from "./errors.ts";
import type { Part, Upload } from "./multipart-upload.ts";
import type { XmlDocument } from "./xml.ts";
import { children, childText } from "./xml.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const MAX_PART_NUMBER = 10_000;
export const MIN_PART_BYTES = 5 * 1024 ** 2;

/** The XML element of a checksum, such as `ChecksumCRC32`. */
export function checksumElement(algorithm: ChecksumAlgorithm): string {
  return `Checksum${algorithm.toUpperCase()}`;
}

/** @throws AwsError `NotImplemented` for an unknown algorithm. */
export function parseChecksumAlgorithm(name: string | undefined): ChecksumAlgorithm | undefined {
  const algorithm = CHECKSUM_ALGORITHMS.find((candidate) => candidate === name?.toLowerCase());
  if (name !== undefined && !algorithm) throw notImplemented(`checksums by ${name}`);
  return algorithm;
}

/**
 * The checksum type of an upload. SHA checksums are always composite, CRC-64/NVME always covers the full object.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 */
export function checksumType(
  algorithm: ChecksumAlgorithm | undefined,
  requested: string | undefined,
): Checksum["type"] | undefined {
  if (!algorithm) {
    if (requested !== undefined)
      throw invalidRequest("The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
    return undefined;
  }
  const type = requested ?? (algorithm === "crc64nvme" ? "FULL_OBJECT" : "COMPOSITE");
  if (type !== "FULL_OBJECT" && type !== "COMPOSITE")
    throw invalidRequest("Value for x-amz-checksum-type header is invalid.");
  const possible = algorithm.startsWith("sha")
    ? type === "COMPOSITE"
    : algorithm !== "crc64nvme" || type === "FULL_OBJECT";
  if (!possible) {
    throw invalidRequest(`The ${type} checksum type cannot be used with the ${algorithm} checksum algorithm.`);
  }
  return type;
}

/** The parts that a `CompleteMultipartUpload` document lists, compared with the uploaded ones. */
export function selectParts(document: XmlDocument, uploaded: readonly Part[]): Part[] {
  const entries = children(document, "Part");
  if (entries.length === 0) throw malformedXml();
  const parts = entries.map((entry) => selectPart(entry, uploaded));
  if (parts.some((part, index) => part.number <= (parts[index - 1]?.number ?? 0))) {
    throw new AwsError(
      "InvalidPartOrder",
      "The list of parts was not in ascending order. The parts list must be specified in order by part number.",
    );
  }
  const tooSmall = parts.slice(0, -1).find(({ blob }) => blob.size < MIN_PART_BYTES);
  if (tooSmall) {
    throw new AwsError("EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size", 400, {
      ETag: tooSmall.etag,
      PartNumber: String(tooSmall.number),
      ProposedSize: String(tooSmall.blob.size),
      MinSizeAllowed: String(MIN_PART_BYTES),
    });
  }
  return parts;
}

/** The ETag of a multipart object: the MD5 of the MD5s of its parts, and their number. */
export function multipartEtag(parts: readonly Part[]): string {
  const hash = createHash("md5");
  for (const { etag } of parts) hash.update(Buffer.from(etag, "hex"));
  return `${hash.digest("hex")}-${parts.length}`;
}

/**
 * The checksum of the completed object; undefined when the upload was created without one.
 *
 * @param bytes of all parts.
 */
export async function multipartChecksum(
  { checksumAlgorithm: algorithm, checksumType: type }: Upload,
  parts: readonly Part[],
  bytes: () => AsyncIterable<Buffer>,
): Promise<Checksum | undefined> {
  if (!algorithm) return undefined;
  if (type === "FULL_OBJECT") {
    const digest = checksumOf(algorithm);
    for await (const chunk of bytes()) digest.update(chunk);
    return { algorithm, value: digest.digest(), type };
  }
  const values = parts.map(({ checksum }) => checksum?.value ?? "");
  return values.includes("") ? undefined : compositeChecksum(algorithm, values);
}

function selectPart(entry: XmlDocument, uploaded: readonly Part[]): Part {
  const number = Number(childText(entry, "PartNumber"));
  const etag = childText(entry, "ETag")?.replaceAll('"', "");
  const part = uploaded.find((candidate) => candidate.number === number);
  const checksum = part?.checksum && childText(entry, checksumElement(part.checksum.algorithm));
  if (!part || part.etag !== etag || (checksum !== undefined && checksum !== part.checksum?.value)) {
    throw new AwsError(
      "InvalidPart",
      "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
      400,
      { PartNumber: String(number), ETag: etag ?? "" },
    );
  }
  return part;
}
