/** An element before and after; undefined on the side where it does not exist. Both are indices. */
export type Alignment = readonly [before: number | undefined, after: number | undefined];

/** Longer sequences are not compared element by element: the table of the comparison has one cell per pair. */
const MAX_CELLS = 4_000_000;

/**
 * Aligns two sequences at their longest common subsequence. An undefined key equals nothing.
 *
 * @returns each element of both, in order; removed elements precede those that were added at the same place.
 */
export function align(before: readonly (string | undefined)[], after: readonly (string | undefined)[]): Alignment[] {
  const equal = (i: number, j: number) => before[i] !== undefined && before[i] === after[j];
  let start = 0;
  while (start < before.length && start < after.length && equal(start, start)) start += 1;
  let end = 0;
  const rest = Math.min(before.length, after.length) - start;
  while (end < rest && equal(before.length - 1 - end, after.length - 1 - end)) end += 1;
  const [rows, columns] = [before.length - start - end, after.length - start - end];
  return [
    ...Array.from({ length: start }, (_, index): Alignment => [index, index]),
    ...alignMiddle(rows, columns, (i, j) => equal(start + i, start + j)).map(
      ([i, j]): Alignment => [i === undefined ? i : i + start, j === undefined ? j : j + start],
    ),
    ...Array.from({ length: end }, (_, index): Alignment => [before.length - end + index, after.length - end + index]),
  ];
}

function alignMiddle(rows: number, columns: number, equal: (i: number, j: number) => boolean): Alignment[] {
  const removed = (from: number) => Array.from({ length: rows - from }, (_, i): Alignment => [from + i, undefined]);
  const added = (from: number) => Array.from({ length: columns - from }, (_, j): Alignment => [undefined, from + j]);
  if (rows * columns > MAX_CELLS) return [...removed(0), ...added(0)];
  // lengths[i * width + j]: of the longest common subsequence of what follows i and j.
  const width = columns + 1;
  const lengths = new Uint32Array((rows + 1) * width);
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = columns - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = equal(i, j) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const aligned: Alignment[] = [];
  let [i, j] = [0, 0];
  while (i < rows && j < columns) {
    if (equal(i, j)) aligned.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) aligned.push([i++, undefined]);
    else aligned.push([undefined, j++]);
  }
  return [...aligned, ...removed(i), ...added(j)];
}
