import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  BatchDeleteImageCommand,
  BatchGetImageCommand,
  CompleteLayerUploadCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  InitiateLayerUploadCommand,
  ListImagesCommand,
  PutImageCommand,
  UploadLayerPartCommand,
} from "@aws-sdk/client-ecr";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openAccess, ServedService } from "../../gateway/testing/served-service.ts";
import type { Attributes } from "../../provider/resource-handler.ts";
import { ManagedResources } from "../../provider/testing/managed-resources.ts";
import { systemClock } from "../../runtime/clock.ts";
import { Ecr } from "./ecr.ts";
import { repositoryUrl } from "./repositories.ts";
import { pushProgram } from "./testing/push-program.ts";

const REPOSITORY = { repositoryName: "app" };
const REPOSITORY_CONFIG = { name: "app", image_tag_mutability: "IMMUTABLE" };

let directory: string;
let ecr: Ecr;
let resources: ManagedResources;
let repository: Attributes;
let served: ServedService;
let client: ECRClient;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "ecr-"));
  ecr = open();
  resources = new ManagedResources(ecr.terraform);
  repository = await resources.apply("aws_ecr_repository", REPOSITORY_CONFIG);
  served = await ServedService.start(ecr.service);
  client = new ECRClient(served.client);
});

afterEach(async () => {
  client.destroy();
  await served.stop();
  ecr.close();
  resources.close();
  rmSync(directory, { recursive: true, force: true });
});

const open = () => new Ecr({ directory, access: openAccess(), clock: systemClock });
const push = (tag: string, program: string) => pushProgram(client, "app", tag, program);

it("lists repositories and their images", async () => {
  const uri = await push("one", "1");
  const { repositories = [] } = await client.send(new DescribeRepositoriesCommand({}));
  expect(repositories).toMatchObject([{ repositoryName: "app", imageTagMutability: "IMMUTABLE" }]);
  expect(uri).toBe(`${repositories[0]?.repositoryUri}:one`);
  const { imageIds } = await client.send(new ListImagesCommand(REPOSITORY));
  expect(imageIds).toMatchObject([{ imageTag: "one", imageDigest: expect.stringMatching(/^sha256:/) }]);
  const { images = [] } = await client.send(
    new BatchGetImageCommand({ ...REPOSITORY, imageIds: [{ imageTag: "one" }, { imageTag: "none" }] }),
  );
  expect(images).toHaveLength(1);
  expect(JSON.parse(images[0]?.imageManifest ?? "").layers).toHaveLength(1);
});

it("does not move a tag of an immutable repository", async () => {
  await push("one", "1");
  await expect(push("one", "2")).rejects.toMatchObject({ name: "ImageTagAlreadyExistsException" });
});

it("returns an image by tag and by digest after a restart", async () => {
  const uri = await push("one", "1");
  ecr.close();
  ecr = open();
  await resources.restart(ecr.terraform);
  const { config, digest, layers } = ecr.pull(uri);
  expect(config.Entrypoint).toEqual(["node", "/app/index.mjs"]);
  expect(layers).toHaveLength(1);
  expect(ecr.pull(`${repositoryUrl("app")}@${digest}`).digest).toBe(digest);
});

it("rejects a manifest with missing layers", async () => {
  const digest = `sha256:${"0".repeat(64)}`;
  const imageManifest = JSON.stringify({ config: { digest }, layers: [] });
  const image = client.send(new PutImageCommand({ ...REPOSITORY, imageManifest, imageTag: "x" }));
  await expect(image).rejects.toMatchObject({ name: "LayersNotFoundException" });
});

it("rejects a manifest that is not valid", async () => {
  const image = client.send(new PutImageCommand({ ...REPOSITORY, imageManifest: "{}", imageTag: "x" }));
  await expect(image).rejects.toMatchObject({ name: "InvalidParameterException" });
});

it("rejects a layer whose digest does not match its content", async () => {
  const { uploadId } = await client.send(new InitiateLayerUploadCommand(REPOSITORY));
  const part = { ...REPOSITORY, uploadId, partFirstByte: 0, partLastByte: 0, layerPartBlob: Buffer.from("x") };
  await client.send(new UploadLayerPartCommand(part));
  const completed = client.send(
    new CompleteLayerUploadCommand({ ...REPOSITORY, uploadId, layerDigests: [`sha256:${"0".repeat(64)}`] }),
  );
  await expect(completed).rejects.toMatchObject({ name: "InvalidLayerException" });
});

it("deletes images", async () => {
  const uri = await push("one", "1");
  await client.send(new BatchDeleteImageCommand({ ...REPOSITORY, imageIds: [{ imageTag: "one" }] }));
  const images = client.send(new DescribeImagesCommand({ ...REPOSITORY, imageIds: [{ imageTag: "one" }] }));
  await expect(images).rejects.toMatchObject({ name: "ImageNotFoundException" });
  expect(() => ecr.pull(uri)).toThrow("CannotPullContainerError");
});

it("deletes a repository that contains images only with force_delete", async () => {
  await push("one", "1");
  await expect(resources.delete("aws_ecr_repository", repository)).rejects.toThrow("still contains images");
  const forced = await resources.apply("aws_ecr_repository", { ...REPOSITORY_CONFIG, force_delete: true }, repository);
  await resources.delete("aws_ecr_repository", forced);
  await expect(client.send(new ListImagesCommand(REPOSITORY))).rejects.toMatchObject({
    name: "RepositoryNotFoundException",
  });
});
