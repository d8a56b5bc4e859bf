import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import type { IAspect } from "cdktf";
import type { IConstruct } from "constructs";

/** Sets the permissions boundary of every role without one, so that no construct can omit it. */
export class PermissionsBoundary implements IAspect {
  readonly #boundaryArn: string;

  constructor(boundaryArn: string) {
    this.#boundaryArn = boundaryArn;
  }

  visit(node: IConstruct): void {
    if (node instanceof IamRole) node.permissionsBoundary = node.permissionsBoundaryInput ?? this.#boundaryArn;
  }
}
