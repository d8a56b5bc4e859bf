import { describe, expect, it } from "vitest";
import { compare } from "./compare.ts";
import { attributeLines } from "./diff-lines.ts";
import { terminalText } from "./format-lines.ts";
import { planValue } from "./value.ts";

interface Case {
  readonly before: object | null;
  readonly after: object | null;
  readonly sensitive?: object;
  readonly unknown?: object;
  readonly forces?: readonly (string | number)[];
  readonly verbose?: boolean;
  readonly width?: number;
}

/** The lines of a resource's attributes, without their common indentation. */
function lines({ before, after, sensitive = {}, unknown = {}, forces, verbose = false, width = 80 }: Case): string[] {
  const isSecret = () => false;
  const difference = compare(
    planValue(before, { sensitive }, isSecret),
    planValue(after, { sensitive, unknown }, isSecret),
    [],
    (path) => forces !== undefined && path.join() === forces.join(),
  );
  const text = terminalText(attributeLines(difference, 0, { width, verbose }), (_format, text) => text);
  return text.split("\n").map((line) => line.slice(2));
}

describe("attributes", () => {
  it("shows what changes, in alphabetical order, and counts the rest", () => {
    const before = { b: 1, gone: "x", same: true, other: 1.5 };
    expect(lines({ before, after: { b: 2, added: false, same: true, other: 1.5 } })).toEqual([
      "+ added = false",
      "~ b     = 1 -> 2",
      '- gone  = "x" -> null',
      "  # (2 unchanged attributes hidden)",
    ]);
  });

  it("shows id and name although they do not change, and everything when it is verbose", () => {
    const [before, after] = [
      { id: "i-1", name: "n", same: 1, a: 1 },
      { id: "i-1", name: "n", same: 1, a: 2 },
    ];
    expect(lines({ before, after })).toEqual([
      "~ a    = 1 -> 2",
      '  id   = "i-1"',
      '  name = "n"',
      "  # (1 unchanged attribute hidden)",
    ]);
    expect(lines({ before, after, verbose: true })).toEqual([
      "~ a    = 1 -> 2",
      '  id   = "i-1"',
      '  name = "n"',
      "  same = 1",
    ]);
  });

  it("omits null, and empty texts that are added or removed", () => {
    expect(lines({ before: null, after: { a: null, b: "", c: [], d: {}, e: 0 } })).toEqual(["+ e = 0"]);
    expect(lines({ before: { a: "", b: "x" }, after: { a: null, b: "" } })).toEqual(['~ b = "x" -> ""']);
  });

  it("shows unknown and sensitive values as Terraform does, with either mark", () => {
    expect(
      lines({
        before: { arn: "a", list: ["x"], password: "one", token: "same", both: "b" },
        after: { password: "two", token: "same" },
        unknown: { arn: true, list: true, both: true, fresh: true },
        sensitive: { password: true, token: true, both: true },
      }),
    ).toEqual([
      '~ arn      = "a" -> (known after apply)',
      "~ both     = (sensitive value)",
      "+ fresh    = (known after apply)",
      "~ list     = [",
      '    - "x",',
      "  ] -> (known after apply)",
      "~ password = (sensitive value)",
      "  # (1 unchanged attribute hidden)",
    ]);
  });

  it("masks both versions when only one of them is sensitive", () => {
    const [before, after] = [
      planValue({ a: "open" }, {}, () => false),
      planValue({ a: "closed" }, { sensitive: { a: true } }, () => false),
    ];
    const text = (difference: ReturnType<typeof compare>) =>
      attributeLines(difference, 0, { width: 80, verbose: true }).map((line) => line.text);
    expect(text(compare(before, after))).toEqual(['a = "open" -> (sensitive value)']);
    expect(text(compare(after, before))).toEqual(['a = (sensitive value) -> "open"']);
  });

  it("marks what forces a replacement", () => {
    expect(lines({ before: { a: 1 }, after: { a: 2 }, forces: ["a"] })).toEqual(["~ a = 1 -> 2  # forces replacement"]);
    expect(lines({ before: { rule: [{ a: 1 }] }, after: { rule: [{ a: 2 }] }, forces: ["rule"] })[0]).toBe(
      "~ rule {  # forces replacement",
    );
    expect(lines({ before: { a: 1 }, after: { a: 1 }, forces: ["a"] })[0]).toBe("  # (1 unchanged attribute hidden)");
  });

  it("breaks before the arrow where both values do not fit into a line", () => {
    expect(lines({ before: { name: "a".repeat(40) }, after: { name: "b".repeat(40) }, width: 60 })).toEqual([
      `~ name = "${"a".repeat(40)}"`,
      `      -> "${"b".repeat(40)}"`,
    ]);
  });

  it("quotes names that are not identifiers", () => {
    expect(lines({ before: {}, after: { tags: { "aws:x": 1, y: 2 } } })).toEqual([
      "+ tags = {",
      '    + "aws:x" = 1',
      "    + y       = 2",
      "  }",
    ]);
  });
});

describe("blocks, lists and sets", () => {
  it("shows only the changed blocks, and only their changed arguments", () => {
    const before = {
      rule: [
        { from: 1, to: 1, cidr: ["a", "b"] },
        { from: 2, to: 2, cidr: ["a"] },
      ],
      x: 1,
    };
    const after = {
      rule: [
        { from: 1, to: 1, cidr: ["a", "c"] },
        { from: 2, to: 2, cidr: ["a"] },
      ],
      x: 1,
    };
    expect(lines({ before, after })).toEqual(
      [
        "  # (1 unchanged attribute hidden)",
        "",
        "~ rule {",
        "    ~ cidr = [",
        '        - "b",',
        '        + "c",',
        "          # (1 unchanged element hidden)",
        "      ]",
        "      # (2 unchanged attributes hidden)",
        "  }",
        "  # (1 unchanged block hidden)",
      ].map((line) => line.trimEnd()),
    );
  });

  it("shows lists of lists and of objects that are not known yet", () => {
    expect(lines({ before: { a: [[1], [2]] }, after: { a: [[1], [3]] } })).toEqual([
      "~ a = [",
      "    - [",
      "        - 2,",
      "      ],",
      "    + [",
      "        + 3,",
      "      ],",
      "      # (1 unchanged element hidden)",
      "  ]",
    ]);
    expect(lines({ before: {}, after: { a: [{}] }, unknown: { a: [{ id: true }] } })).toEqual([
      "+ a {",
      "    + id = (known after apply)",
      "  }",
    ]);
  });
});

describe("texts", () => {
  it("compares JSON documents as JSON, in which null and empty values count", () => {
    const before = { policy: JSON.stringify({ a: null, b: [], keep: 1, type: "x" }) };
    const after = { policy: JSON.stringify({ keep: 1, b: {}, type: ["x"] }) };
    expect(lines({ before, after })).toEqual([
      "~ policy = jsonencode(",
      "    ~ {",
      "        - a    = null",
      "        - b    = []",
      "        + b    = {}",
      '        - type = "x"',
      "        + type = [",
      '            + "x",',
      "          ]",
      "          # (1 unchanged attribute hidden)",
      "      }",
      "  )",
    ]);
  });

  it("says so when only the formatting of a JSON document changes", () => {
    expect(lines({ before: { a: '{"b":1,"c":2}' }, after: { a: '{ "c": 2, "b": 1 }' } })).toEqual([
      "~ a = jsonencode(…)  # only formatting changes",
    ]);
  });

  it("shows a text that becomes a JSON document as both", () => {
    expect(lines({ before: { a: "text" }, after: { a: '{"b":1}' } })).toEqual(['~ a = "text" -> "{\\"b\\":1}"']);
  });

  it("compares several lines by line, and escapes control characters", () => {
    const before = { script: "one\ntwo\nthree\nfour\nfive\n" };
    const after = { script: "one\ntwo\nthree\nfour!\u001b[2J\nfive\n" };
    expect(lines({ before, after })).toEqual([
      "~ script = <<-EOT",
      "      # (2 unchanged lines hidden)",
      "      three",
      "    - four",
      "    + four!\\u001b[2J",
      "      five",
      "  EOT",
    ]);
  });

  it("shortens long values, and shows them in full when it is verbose", () => {
    const before = { data: `${"A".repeat(300)}x` };
    const after = { data: `${"A".repeat(300)}y` };
    const shown = lines({ before, after });
    for (const line of shown) expect(line.length).toBeLessThanOrEqual(78);
    expect(shown[0]).toMatch(/A…A+x"$/);
    expect(shown[1]).toMatch(/A…A+y"$/);
    expect(lines({ before, after, verbose: true }).join()).toContain("A".repeat(300));
    expect(lines({ before, after, width: Number.POSITIVE_INFINITY })[0]?.length).toBeLessThan(300);
  });
});
