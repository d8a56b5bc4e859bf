import { IamRole } from "@cdktf/provider-aws/lib/iam-role/index.js";
import type { IAspect } from "cdktf";
import type { IConstruct } from "constructs";

/** Puts every role inside a permission boundary, so that no construct can forget it; a role that has another one keeps it. */
export class BoundRoles implements IAspect {
  readonly #boundaryArn: string;

  constructor(boundaryArn: string) {
    this.#boundaryArn = boundaryArn;
  }

  visit(node: IConstruct): void {
    if (node instanceof IamRole) node.permissionsBoundary = node.permissionsBoundaryInput ?? this.#boundaryArn;
  }
}
