/**
 * An immutable map, after H. Baker's shallow binding: the newest version holds a plain `Map`, and
 * each older one what its successor changed. Writing to the newest version and reading it cost what a `Map` costs,
 * so a fold over 100,000 entries makes next to no garbage; an older version stays whole and costs a
 * step for each change since. Going on from an older version makes that one the newest again, so a
 * batch that could not be appended is dropped by forgetting it.
 */
export interface PersistentMap<K extends string | number, V> {
  readonly size: number;
  get(key: K): V | undefined;
  with(key: K, value: V): PersistentMap<K, V>;
}

/** `value` is the key's in this version; undefined where it is not there yet. */
interface Change<K extends string | number, V> {
  readonly key: K;
  readonly value: V | undefined;
  readonly newer: Version<K, V>;
}

class Version<K extends string | number, V> implements PersistentMap<K, V> {
  private content: Map<K, V> | Change<K, V>;
  readonly size: number;

  constructor(content: Map<K, V>) {
    this.content = content;
    this.size = content.size;
  }

  get(key: K): V | undefined {
    let content = this.content;
    while (!(content instanceof Map)) {
      if (content.key === key) return content.value;
      content = content.newer.content;
    }
    return content.get(key);
  }

  with(key: K, value: V): Version<K, V> {
    const map = Version.asNewest(this);
    const before = map.get(key);
    map.set(key, value);
    const newer = new Version(map);
    this.content = { key, value: before, newer };
    return newer;
  }

  /** Takes back, from the newest version on, what was changed since this one. */
  private static asNewest<K extends string | number, V>(wanted: Version<K, V>): Map<K, V> {
    const older: Version<K, V>[] = [];
    let version = wanted;
    while (!(version.content instanceof Map)) {
      older.push(version);
      version = version.content.newer;
    }
    const map = version.content;
    for (const next of older.reverse()) {
      const { key, value } = next.content as Change<K, V>;
      version.content = { key, value: map.get(key), newer: next };
      if (value === undefined) map.delete(key);
      else map.set(key, value);
      next.content = map;
      version = next;
    }
    return map;
  }
}

/** Values must not be undefined. */
export function emptyMap<
  K extends string | number,
  V extends object | string | number | boolean,
>(): PersistentMap<K, V> {
  return new Version<K, V>(new Map());
}
