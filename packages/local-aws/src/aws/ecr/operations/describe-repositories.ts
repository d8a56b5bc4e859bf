import type { Call } from "../../../gateway/protocol.ts";
import { ACCOUNT_ID } from "../../../runtime/account.ts";
import { type Repository, repositoryArn, repositoryUrl } from "../repositories.ts";
import type { EcrContext } from "./context.ts";

interface Input {
  readonly repositoryNames?: readonly string[];
}

export const describeRepositories =
  ({ repositories }: EcrContext) =>
  (input: Input, call: Call): object => {
    const names = input.repositoryNames ?? repositories.all().map(({ name }) => name);
    for (const name of names) call.authorize("ecr:DescribeRepositories", repositoryArn(name));
    return { repositories: names.map((name) => describeRepository(repositories.get(name))) };
  };

function describeRepository({ name, immutable }: Repository): object {
  return {
    repositoryArn: repositoryArn(name),
    registryId: ACCOUNT_ID,
    repositoryName: name,
    repositoryUri: repositoryUrl(name),
    imageTagMutability: immutable ? "IMMUTABLE" : "MUTABLE",
  };
}
