import { App, TerraformStack, Testing } from "cdktf";
import { expect, it } from "vitest";
import { OutputError, publish, read, snakeCase } from "./outputs.ts";

const state = { bucket: "states", key: "dev/producer.tfstate", region: "us-east-1", usePathStyle: false };

function twoStacks() {
  const app = new App({ stackTraces: false });
  const producer = new TerraformStack(app, "the-producer");
  const consumer = new TerraformStack(app, "consumer");
  return { producer, consumer };
}

const json = (stack: TerraformStack) => JSON.parse(Testing.synth(stack));

it("declares each output with its name in snake case", () => {
  const { producer } = twoStacks();
  publish(producer, state, { vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"] });
  expect(json(producer).output).toEqual({
    vpc_id: { value: "vpc-1" },
    subnet_ids: { value: ["subnet-1", "subnet-2"] },
  });
});

it("reads strings and lists from the producer's state and adds a dependency on the producer", () => {
  const { producer, consumer } = twoStacks();
  const published = publish(producer, state, { vpcId: "vpc-1", subnetIds: ["subnet-1"] });
  const outputs = read(consumer, published);
  publish(consumer, { ...state, key: "dev/consumer.tfstate" }, { id: outputs.vpcId, ids: outputs.subnetIds });

  const { data, output } = json(consumer);
  expect(data.terraform_remote_state.the_producer).toMatchObject({
    backend: "s3",
    config: { bucket: "states", key: "dev/producer.tfstate", region: "us-east-1", use_path_style: false },
  });
  expect(output).toEqual({
    id: { value: "${data.terraform_remote_state.the_producer.outputs.vpc_id}" },
    ids: { value: "${data.terraform_remote_state.the_producer.outputs.subnet_ids}" },
  });
  expect(consumer.dependsOn(producer)).toBe(true);
});

it("creates one remote state data source for repeated reads", () => {
  const { producer, consumer } = twoStacks();
  const published = publish(producer, state, { vpcId: "vpc-1" });
  read(consumer, published);
  read(consumer, published);
  expect(Object.keys(json(consumer).data.terraform_remote_state)).toEqual(["the_producer"]);
});

it("rejects undeclared outputs at compile time", () => {
  const { producer, consumer } = twoStacks();
  const outputs = read(consumer, publish(producer, state, { vpcId: "vpc-1" }));
  // @ts-expect-error a typo must not compile
  expect(outputs.vpcIdd).toBeUndefined();
});

it("rejects an output without a value", () => {
  const { producer } = twoStacks();
  const nothing = undefined as unknown as string;
  expect(() => publish(producer, state, { vpcId: nothing })).toThrow(OutputError);
});

it("converts names to snake case", () => {
  expect(["vpcId", "state-bucket", "postgresSecretArn"].map(snakeCase)).toEqual([
    "vpc_id",
    "state_bucket",
    "postgres_secret_arn",
  ]);
});
