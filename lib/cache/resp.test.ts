import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeCommand, ProtocolError, type Reply, ReplyParser, RespError } from "./resp.ts";

const line = fc.string({ unit: "grapheme" }).map((text) => text.replaceAll(/[\r\n]/g, ""));

/** Replies, and how the server encodes each. */
const encoded = fc.oneof(
  line.map((text) => ({ reply: text as Reply | RespError, bytes: `+${text}\r\n` })),
  line.map((text) => ({ reply: new RespError(text), bytes: `-${text}\r\n` })),
  fc.maxSafeInteger().map((number) => ({ reply: number, bytes: `:${number}\r\n` })),
  fc.constant({ reply: undefined, bytes: "$-1\r\n" }),
  fc.string({ unit: "binary" }).map((text) => {
    const wellFormed = text.toWellFormed();
    return { reply: wellFormed, bytes: `$${Buffer.byteLength(wellFormed)}\r\n${wellFormed}\r\n` };
  }),
);

describe("replies", () => {
  it("are the same however their bytes are divided into chunks", () => {
    fc.assert(
      fc.property(fc.array(encoded), fc.array(fc.nat(), { maxLength: 20 }), (replies, cuts) => {
        const bytes = Buffer.from(replies.map((reply) => reply.bytes).join(""));
        const ends = [...cuts.map((cut) => cut % (bytes.byteLength + 1)), bytes.byteLength].sort((a, b) => a - b);
        const parser = new ReplyParser();
        let start = 0;
        const parsed = ends.flatMap((end) => {
          const chunk = bytes.subarray(start, end);
          start = end;
          return parser.push(chunk);
        });
        expect(parsed).toEqual(replies.map(({ reply }) => reply));
      }),
      { numRuns: 1_000 },
    );
  });

  it("are found in single bytes", () => {
    const parser = new ReplyParser();
    const parsed = [...Buffer.from("+OK\r\n$4\r\n\r\n\r\n\r\n:-7\r\n$0\r\n\r\n")].flatMap((byte) =>
      parser.push(Buffer.of(byte)),
    );
    expect(parsed).toEqual(["OK", "\r\n\r\n", -7, ""]);
  });

  it.each(["*1\r\n", "$-2\r\n", "$x\r\n", ":1.5\r\n", ":\r\n", "$1\r\nabc", "HTTP/1.1 400\r\n"])(
    "reject %j",
    (text) => {
      expect(() => new ReplyParser().push(Buffer.from(text))).toThrow(ProtocolError);
    },
  );

  it("reject any bytes by a ProtocolError only", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        try {
          new ReplyParser().push(Buffer.from(bytes));
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError);
        }
      }),
    );
  });
});

it("encodes commands with lengths in bytes", () => {
  expect(encodeCommand(["SET", "é", ""])).toBe("*3\r\n$3\r\nSET\r\n$2\r\né\r\n$0\r\n\r\n");
});
