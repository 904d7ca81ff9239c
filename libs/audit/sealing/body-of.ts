/**
 * The body of an answer that is no longer than it may be: what somebody sends without end is not read on.
 * @throws Error it is longer
 */
export async function bodyOf(answer: Response, most: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    length += piece.length;
    // Leaving the iteration ends the connection.
    if (length > most) throw new Error(`its answer is longer than ${most} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
