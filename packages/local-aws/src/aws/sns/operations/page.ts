/** Items per response. https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html */
const PAGE_SIZE = 100;

/** One page of a list. The token is the index of the first item. */
export function page<Item>(items: readonly Item[], token = "0"): { items: Item[]; next: string | undefined } {
  const start = Number(token);
  const end = start + PAGE_SIZE;
  return { items: items.slice(start, end), next: end < items.length ? String(end) : undefined };
}
