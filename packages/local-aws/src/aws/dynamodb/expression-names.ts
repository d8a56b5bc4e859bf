type Names = Readonly<Record<string, string>>;

/** Reserved words of expressions: an attribute with such a name needs a placeholder. */
const KEYWORDS = new Set(["ADD", "AND", "BETWEEN", "DELETE", "IN", "NOT", "OR", "REMOVE", "SET"]);

/** A value's placeholder; or a document path, of which the first group is the attribute; or a function with `(`. */
const TOKEN = /:\w+|(#\w+|[A-Za-z_]\w*)(?:\s*\.\s*#?\w+|\s*\[\s*\d+\s*\])*(\s*\()?/g;

/**
 * The names of the top-level attributes in an expression.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html
 *
 * @param names the `ExpressionAttributeNames` of the request.
 */
export function attributeNames(expression: string, names: Names = {}): string[] {
  return [...expression.matchAll(TOKEN)].flatMap(([, name, parenthesis]) =>
    name === undefined || parenthesis !== undefined || KEYWORDS.has(name.toUpperCase()) ? [] : [names[name] ?? name],
  );
}

/** The attributes that an expression compares with `=`, each with the placeholder of the value. */
export function equalities(expression: string, names: Names = {}): [name: string, placeholder: string][] {
  const comparisons = expression.matchAll(/(#?\w+)\s*=\s*(:\w+)|(:\w+)\s*=\s*(#?\w+)/g);
  return [...comparisons].map(([, left = "", right = "", value = right, name = left]) => [names[name] ?? name, value]);
}
