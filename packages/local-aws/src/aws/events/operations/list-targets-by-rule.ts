import { paginate } from "../../../gateway/paginate.ts";
import type { Call } from "../../../gateway/protocol.ts";
import { authorizedRule } from "../authorized-rule.ts";
import { type PageInput, pageOptions } from "../page-input.ts";
import type { Target } from "../target.ts";
import type { EventsContext } from "./context.ts";

interface Input extends PageInput {
  readonly Rule: string;
  readonly EventBusName?: string;
}

export const listTargetsByRule =
  ({ rules }: EventsContext) =>
  ({ Rule: name, EventBusName, ...input }: Input, call: Call): object => {
    const rule = authorizedRule(rules, call, "events:ListTargetsByRule", name, EventBusName);
    const { page, next } = paginate(rules.targetsOf(rule), pageOptions(input));
    return { Targets: page.map(describe), NextToken: next };
  };

function describe({ id, arn, roleArn, input, inputPath, transformer, deadLetterArn }: Target): object {
  return {
    Id: id,
    Arn: arn,
    RoleArn: roleArn,
    Input: input,
    InputPath: inputPath,
    InputTransformer: transformer && { InputPathsMap: transformer.paths, InputTemplate: transformer.template },
    DeadLetterConfig: deadLetterArn && { Arn: deadLetterArn },
  };
}
