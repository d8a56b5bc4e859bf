import { arn } from "../../runtime/account.ts";

/** The resource of actions that cannot be restricted to certain resources. */
export const ANY_RESOURCE = arn("elasticloadbalancing", "*");
