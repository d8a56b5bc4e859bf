import { describe, expect, it } from "vitest";
import { SynthesizedStacks } from "./synthesized-stacks.ts";

const stacks = new SynthesizedStacks({
  "a-network": {
    resource: { aws_subnet: { One: {}, Two: {} }, aws_vpc: { Net: {} } },
    output: {
      subnet_ids: { value: ["${aws_subnet.One.id}", "${aws_subnet.Two.id}"] },
      vpc_id: { value: "${aws_vpc.Net.id}" },
    },
  },
  between: {
    output: { first: { value: "${element(data.terraform_remote_state.a_network.outputs.subnet_ids, 0)}" } },
  },
  program: {
    resource: {
      aws_subnet: { One: {} },
      aws_instance: {
        It: {
          "//": { metadata: "${aws_subnet.One.id}" },
          nested: [{ subnet: "${data.terraform_remote_state.a_network.outputs.subnet_ids}" }],
        },
      },
    },
  },
});
const found = (stack: string, value: unknown) =>
  stacks.references(stack, value).map((resource) => `${resource.stack} ${resource.type}.${resource.name}`);

describe("references", () => {
  it("returns resources of the same stack, each once, in the order in which they are named", () => {
    expect(found("program", ["${aws_instance.It.id}", "${aws_subnet.One.id}", "${aws_instance.It.arn}"])).toEqual([
      "program aws_instance.It",
      "program aws_subnet.One",
    ]);
  });

  it("follows outputs of other stacks", () => {
    const [machine] = stacks.ofType("aws_instance");
    expect(found("program", machine?.attributes)).toEqual(["a-network aws_subnet.One", "a-network aws_subnet.Two"]);
    expect(found("program", "${data.terraform_remote_state.between.outputs.first}")).toHaveLength(2);
  });

  it("returns nothing for text without references, or for resources that do not exist", () => {
    expect(found("program", "aws_instance.It, ${aws_instance.Gone.id}, ${data.aws_ami.It.id}")).toEqual([
      "program aws_instance.It",
    ]);
    expect(found("program", { count: 3, none: null })).toEqual([]);
  });
});
