/**
 * An immutable map, after H. Baker's shallow binding: the newest version holds a plain `Map`, and
 * each older one what its successor changed. Writing to the newest version and reading it cost what a `Map` costs,
 * so a fold over 100,000 entries makes next to no garbage; an older version stays whole and costs a
 * step for each change since, up to `LONGEST_CHAIN`: behind that it is given a `Map` of its own and
 * has nothing more to do with what came after. Going on from a version a few changes old makes that
 * one the newest again, so a batch that could not be appended is dropped by forgetting it.
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

/** Changes that are walked or taken back one by one; beyond them a copy costs less than coming back. */
const LONGEST_CHAIN = 1024;

class Version<K extends string | number, V> implements PersistentMap<K, V> {
  private content: Map<K, V> | Change<K, V>;
  readonly size: number;

  constructor(content: Map<K, V>) {
    this.content = content;
    this.size = content.size;
  }

  get(key: K): V | undefined {
    let content = this.content;
    for (let steps = 0; !(content instanceof Map); steps += 1) {
      if (content.key === key) return content.value;
      if (steps === LONGEST_CHAIN) return Version.detach(this, Version.since(this)).get(key);
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

  /** The versions between one and the newest, that one first. */
  private static since<K extends string | number, V>(wanted: Version<K, V>): Version<K, V>[] {
    const older: Version<K, V>[] = [];
    let version = wanted;
    while (!(version.content instanceof Map)) {
      older.push(version);
      version = version.content.newer;
    }
    return older;
  }

  /** Takes back, from the newest version on, what was changed since this one. */
  private static asNewest<K extends string | number, V>(wanted: Version<K, V>): Map<K, V> {
    if (wanted.content instanceof Map) return wanted.content;
    const older = Version.since(wanted);
    if (older.length > LONGEST_CHAIN) return Version.detach(wanted, older);
    let version = (older.at(-1)?.content as Change<K, V>).newer;
    const map = version.content as Map<K, V>;
    for (const next of older.reverse()) {
      const { key, value } = next.content as Change<K, V>;
      version.content = { key, value: map.get(key), newer: next };
      setOrDelete(map, key, value);
      next.content = map;
      version = next;
    }
    return map;
  }

  /** Gives a version far back a map of its own. */
  private static detach<K extends string | number, V>(
    wanted: Version<K, V>,
    older: readonly Version<K, V>[],
  ): Map<K, V> {
    const { newer } = older.at(-1)?.content as Change<K, V>;
    const map = new Map(newer.content as Map<K, V>);
    for (const { content } of older.toReversed()) {
      const { key, value } = content as Change<K, V>;
      setOrDelete(map, key, value);
    }
    wanted.content = map;
    return map;
  }
}

function setOrDelete<K, V>(map: Map<K, V>, key: K, value: V | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}

/** Values must not be undefined. */
export function emptyMap<
  K extends string | number,
  V extends object | string | number | boolean,
>(): PersistentMap<K, V> {
  return new Version<K, V>(new Map());
}
