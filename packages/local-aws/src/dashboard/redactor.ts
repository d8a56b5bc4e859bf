const MASK = "••••••••";
/** Members of a secret's JSON that are secret themselves; a user name or a host is not. */
const SECRET_MEMBER = /pass|secret|token|key|credential/i;
/** A shorter text would occur in unrelated places. */
const MIN_CHARACTERS = 8;

/**
 * Writes JSON in which no secret occurs, wherever it comes from: an attribute, a message, a line of a log.
 *
 * @param values the secrets that exist now.
 */
export class Redactor {
  readonly #values: () => readonly string[];

  constructor(values: () => readonly string[]) {
    this.#values = values;
  }

  stringify(value: unknown): string {
    const secrets = this.#values().flatMap(partsOf);
    // The longest first, because one may contain another.
    const alternatives = [...new Set(secrets)].sort((a, b) => b.length - a.length).map(escapeExpression);
    if (alternatives.length === 0) return JSON.stringify(value);
    const expression = new RegExp(alternatives.join("|"), "g");
    return JSON.stringify(value, (_, member) =>
      typeof member === "string" ? member.replace(expression, MASK) : member,
    );
  }
}

/** The secret itself, and the secret members when it is a JSON object. */
function partsOf(secret: string): string[] {
  const parts = [secret, ...membersOf(secret)].filter(({ length }) => length >= MIN_CHARACTERS);
  // A document inside of a document has its quotes escaped; credentials of HTTP are encoded.
  return parts.flatMap((part) => [part, JSON.stringify(part).slice(1, -1), encodeURIComponent(part)]);
}

function membersOf(secret: string): string[] {
  if (!secret.startsWith("{")) return [];
  try {
    return Object.entries(JSON.parse(secret) as object).flatMap(([name, value]) =>
      typeof value === "string" && SECRET_MEMBER.test(name) ? [value] : [],
    );
  } catch {
    return [];
  }
}

function escapeExpression(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
