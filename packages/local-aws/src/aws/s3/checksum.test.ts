import { describe, expect, it } from "vitest";
import { type ChecksumAlgorithm, checksumOf, compositeChecksum } from "./checksum.ts";

/** The check values of the catalogue of parametrised CRC algorithms, and the hashes, of "123456789". */
const CHECK_VALUES: Record<ChecksumAlgorithm, string> = {
  crc32: "cbf43926",
  crc32c: "e3069283",
  crc64nvme: "ae8b14860a799888",
  sha1: "f7c3bc1d808e04732adf679965ccc34ca7ae3441",
  sha256: "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225",
};

describe("checksums", () => {
  it.each(Object.entries(CHECK_VALUES))(
    "computes the published check value of %s from any split of the bytes",
    (name, hex) => {
      const digest = checksumOf(name as ChecksumAlgorithm);
      digest.update(Buffer.from("1234"));
      digest.update(Buffer.from(""));
      digest.update(Buffer.from("56789"));
      expect(Buffer.from(digest.digest(), "base64").toString("hex")).toBe(hex);
    },
  );

  it("computes a composite checksum from the checksums of parts", () => {
    const part = checksumOf("crc32");
    part.update(Buffer.from("123456789"));
    const composite = compositeChecksum("crc32", [part.digest()]);
    const expected = checksumOf("crc32");
    expected.update(Buffer.from("cbf43926", "hex"));
    expect(composite).toEqual({ algorithm: "crc32", value: `${expected.digest()}-1`, type: "COMPOSITE" });
  });
});
