import jsep, { type CoreExpression } from "jsep";

/** Has the operators that jsep knows, and those of CloudWatch: `AND`, `OR`, `NOT` and the power `^`. */
for (const word of ["AND", "and"]) jsep.addBinaryOp(word, 2);
for (const word of ["OR", "or"]) jsep.addBinaryOp(word, 1);
for (const word of ["NOT", "not"]) jsep.addUnaryOp(word);
jsep.removeBinaryOp("^");
jsep.addBinaryOp("^", 11, true);

/** The tree of a metric math expression or of the rule of a composite alarm. */
export type SyntaxNode = CoreExpression;

/** An expression or a rule has an invalid or unsupported part. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
}

/** @throws ExpressionError that names the position of the problem. */
export function parseSyntax(text: string): SyntaxNode {
  try {
    return jsep(text) as CoreExpression;
  } catch (error) {
    throw new ExpressionError(`${text}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
