import { randomKey } from '#client';

/**
 * A key for each content that is sent until one of them is done: what was sent, changed and changed
 * back is the same request, of which nobody may know yet whether it was done.
 */
export class ContentKeys {
  private readonly keys = new Map<string, string>();

  of(content: string): string {
    const key = this.keys.get(content) ?? randomKey();
    this.keys.set(content, key);
    return key;
  }

  /** From now on the same content is another request. */
  done(): void {
    this.keys.clear();
  }
}
