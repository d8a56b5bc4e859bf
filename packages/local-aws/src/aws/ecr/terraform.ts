import { optionalText, text } from "../../provider/attributes.ts";
import type { TerraformParts } from "../../provider/resource.ts";
import { ACCOUNT_ID } from "../../runtime/account.ts";
import { AwsError } from "../../runtime/error.ts";
import { type Ecr, repositoryArn, repositoryUrl } from "./ecr.ts";

/** `aws_ecr_repository`; what of it is scanned or expired is recorded only. */
export function ecrTerraform(ecr: Ecr): TerraformParts {
  return {
    resources: [
      {
        type: "aws_ecr_repository",
        identifiers: { arn: "ecr:*:repository/{name}" },
        identity: ({ name }) => optionalText(name),
        plan(planned) {
          // known before it exists, so that what names an image is known as well
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
          ecr.putRepository({ name: text(name), immutable: text(image_tag_mutability).startsWith("IMMUTABLE") }),
        delete({ name, force_delete }) {
          if (force_delete !== true && ecr.images.of(text(name)).length > 0) {
            throw new AwsError(
              "RepositoryNotEmptyException",
              `The repository with name '${name}' in registry with id '${ACCOUNT_ID}' cannot be deleted because it still contains images`,
            );
          }
          ecr.deleteRepository(text(name));
        },
      },
    ],
  };
}
