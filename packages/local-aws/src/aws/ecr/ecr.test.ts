import {
  BatchDeleteImageCommand,
  BatchGetImageCommand,
  CompleteLayerUploadCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  InitiateLayerUploadCommand,
  ListImagesCommand,
  PutImageCommand,
  UploadLayerPartCommand,
} from "@aws-sdk/client-ecr";
import { afterEach, beforeEach, expect, it } from "vitest";
import { EcsHarness } from "../ecs/testing/ecs-harness.ts";

let harness: EcsHarness;
beforeEach(async () => {
  harness = new EcsHarness();
  await harness.listen();
});
afterEach(() => harness.close());

const inApp = { repositoryName: "app" };

it("knows its repositories and what is in them", async () => {
  const uri = await harness.push("one", "1");
  const { repositories = [] } = await harness.ecrClient.send(new DescribeRepositoriesCommand({}));
  expect(repositories).toMatchObject([{ repositoryName: "app", imageTagMutability: "IMMUTABLE" }]);
  expect(uri).toBe(`${repositories[0]?.repositoryUri}:one`);
  const { imageIds } = await harness.ecrClient.send(new ListImagesCommand(inApp));
  expect(imageIds).toMatchObject([{ imageTag: "one", imageDigest: expect.stringMatching(/^sha256:/) }]);
  const { images = [] } = await harness.ecrClient.send(
    new BatchGetImageCommand({ ...inApp, imageIds: [{ imageTag: "one" }, { imageTag: "none" }] }),
  );
  expect(images).toHaveLength(1);
  expect(JSON.parse(images[0]?.imageManifest ?? "").layers).toHaveLength(1);
});

it("does not move the tag of an immutable repository", async () => {
  await harness.push("one", "1");
  await expect(harness.push("one", "2")).rejects.toMatchObject({ name: "ImageTagAlreadyExistsException" });
});

it("gives an image back after a restart, by tag and by digest", async () => {
  await harness.push("one", "1");
  await harness.restart();
  const { config, digest, layers } = harness.ecr.pull("000000000000.dkr.ecr.us-east-1.amazonaws.com/app:one");
  expect(config.Entrypoint).toEqual(["node", "/app/index.mjs"]);
  expect(layers).toHaveLength(1);
  expect(harness.ecr.pull(`000000000000.dkr.ecr.us-east-1.amazonaws.com/app@${digest}`).digest).toBe(digest);
});

it("refuses a manifest whose layers it has not, and a layer that is not what it says", async () => {
  const digest = `sha256:${"0".repeat(64)}`;
  const imageManifest = JSON.stringify({ config: { digest }, layers: [] });
  const image = harness.ecrClient.send(new PutImageCommand({ ...inApp, imageManifest, imageTag: "x" }));
  await expect(image).rejects.toMatchObject({ name: "LayersNotFoundException" });

  const { uploadId } = await harness.ecrClient.send(new InitiateLayerUploadCommand(inApp));
  const part = { ...inApp, uploadId, partFirstByte: 0, partLastByte: 0, layerPartBlob: Buffer.from("x") };
  await harness.ecrClient.send(new UploadLayerPartCommand(part));
  const completed = harness.ecrClient.send(
    new CompleteLayerUploadCommand({ ...inApp, uploadId, layerDigests: [digest] }),
  );
  await expect(completed).rejects.toMatchObject({ name: "InvalidLayerException" });
});

it("forgets an image that was deleted", async () => {
  const uri = await harness.push("one", "1");
  await harness.ecrClient.send(new BatchDeleteImageCommand({ ...inApp, imageIds: [{ imageTag: "one" }] }));
  const images = harness.ecrClient.send(new DescribeImagesCommand({ ...inApp, imageIds: [{ imageTag: "one" }] }));
  await expect(images).rejects.toMatchObject({ name: "ImageNotFoundException" });
  expect(() => harness.ecr.pull(uri)).toThrow("CannotPullContainerError");
});

it("keeps a repository that holds images, unless it is to be deleted with them", async () => {
  await harness.push("one", "1");
  const handler = harness.ecr.terraform.resources?.[0];
  expect(() => handler?.delete?.({ name: "app" })).toThrow("still contains images");
  await handler?.delete?.({ name: "app", force_delete: true });
  await expect(harness.ecrClient.send(new ListImagesCommand(inApp))).rejects.toMatchObject({
    name: "RepositoryNotFoundException",
  });
});
