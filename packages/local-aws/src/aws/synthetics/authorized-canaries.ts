import { paginate } from "../../gateway/paginate.ts";
import type { Call, RestInput } from "../../gateway/protocol.ts";
import type { Canaries } from "./canaries.ts";
import { type Canary, canaryArn } from "./canary.ts";
import { type PageInput, pageOptions } from "./page-input.ts";
import { parseBody } from "./parse-body.ts";

/** Maximum per response. https://docs.aws.amazon.com/AmazonSynthetics/latest/APIReference/API_DescribeCanaries.html */
const MAX_CANARIES = 20;

interface Body extends PageInput {
  readonly Names?: readonly string[];
}

/** The page of canaries that a request selects, if its caller may perform the action on all canaries. */
export function authorizedCanaries(
  canaries: Canaries,
  input: RestInput,
  call: Call,
  action: string,
): { page: Canary[]; next: string | undefined } {
  call.authorize(action, canaryArn("*"));
  const { Names, ...page } = parseBody(input) as Body;
  const selected = canaries.all().filter(({ name }) => Names === undefined || Names.includes(name));
  return paginate(selected, pageOptions(page, MAX_CANARIES));
}
