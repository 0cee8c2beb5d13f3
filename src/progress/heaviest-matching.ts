/**
 * The greatest total weight of a matching between rows and columns, each used at most once; weights are 0 or more. The Hungarian
 * method in cubic time, on a square matrix filled up with zeros.
 */
export function heaviestMatching(weights: readonly (readonly number[])[]): number {
  const size = Math.max(weights.length, weights[0]?.length ?? 0);
  const cost = (row: number, column: number): number => -(weights[row - 1]?.[column - 1] ?? 0);
  const rowPotential = new Array<number>(size + 1).fill(0);
  const columnPotential = new Array<number>(size + 1).fill(0);
  /** The row matched to each column; index 0 stands for the row being placed. */
  const rowOf = new Array<number>(size + 1).fill(0);
  for (let row = 1; row <= size; row++) {
    rowOf[0] = row;
    const least = new Array<number>(size + 1).fill(Number.POSITIVE_INFINITY);
    const cameFrom = new Array<number>(size + 1).fill(0);
    const visited = new Array<boolean>(size + 1).fill(false);
    let column = 0;
    do {
      visited[column] = true;
      const current = rowOf[column]!;
      let step = Number.POSITIVE_INFINITY;
      let next = 0;
      for (let other = 1; other <= size; other++) {
        if (visited[other]) continue;
        const reduced = cost(current, other) - rowPotential[current]! - columnPotential[other]!;
        if (reduced < least[other]!) {
          least[other] = reduced;
          cameFrom[other] = column;
        }
        if (least[other]! < step) {
          step = least[other]!;
          next = other;
        }
      }
      for (let other = 0; other <= size; other++) {
        if (visited[other]) {
          rowPotential[rowOf[other]!] = rowPotential[rowOf[other]!]! + step;
          columnPotential[other] = columnPotential[other]! - step;
        } else least[other] = least[other]! - step;
      }
      column = next;
    } while (rowOf[column] !== 0);
    while (column !== 0) {
      const previous = cameFrom[column]!;
      rowOf[column] = rowOf[previous]!;
      column = previous;
    }
  }
  let total = 0;
  for (let column = 1; column <= size; column++) total -= cost(rowOf[column]!, column);
  return total;
}
