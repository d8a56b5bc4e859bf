import { optionalText, text } from "../../../provider/attributes.ts";
import type { ResourceHandler } from "../../../provider/resource-handler.ts";
import { ACCOUNT_ID } from "../../../runtime/account.ts";
import { AwsError } from "../../../runtime/error.ts";
import { type Repositories, repositoryArn, repositoryUrl } from "../repositories.ts";

/** `aws_ecr_repository`. Image scanning is recorded only. */
export function repositoryResource(repositories: Repositories): ResourceHandler {
  return {
    type: "aws_ecr_repository",
    identity: ({ name }) => optionalText(name),
    plan(planned) {
      // Known before the repository exists, so that the plan also shows what is named after it.
      if (typeof planned.name !== "string") return;
      planned.repository_url = repositoryUrl(planned.name);
      planned.arn = repositoryArn(planned.name);
    },
    create: ({ name }) => ({
      id: text(name),
      arn: repositoryArn(text(name)),
      repository_url: repositoryUrl(text(name)),
      registry_id: ACCOUNT_ID,
    }),
    start: ({ name, image_tag_mutability }) =>
      repositories.put({ name: text(name), immutable: text(image_tag_mutability).startsWith("IMMUTABLE") }),
    delete({ name, force_delete }) {
      if (force_delete !== true && repositories.images.list(text(name)).length > 0) {
        throw new AwsError(
          "RepositoryNotEmptyException",
          `The repository with name '${name}' in registry with id '${ACCOUNT_ID}' cannot be deleted because it still contains images`,
        );
      }
      repositories.delete(text(name));
    },
  };
}
