import { describe, expect, it } from '@jest/globals';
import {
  assign,
  closeBook,
  correct,
  openBook,
  pause,
  registerSpec,
  resume,
  revoke,
  sign,
  stamp,
  voidNumber,
} from '../../../test/support/register-samples.ts';
import type { RegisterCommand } from './commands.ts';
import { signatureOn } from './copy.ts';
import { shownEntry } from './shown-entry.ts';

const { given, played, stateAfter } = registerSpec;
const open = openBook({ closesOn: '2024-12-31' });
const numbered = played(open, assign());
const stamped = played(open, assign(), stamp());
const other = stamp({ file: { ...stamp().file, sha256: 'e'.repeat(64) } });

describe('stamping an electronic copy', () => {
  it('records what the stamp says, of which scan it is, and which file it made', () => {
    const { bookId, number, facts, file } = stamp();
    given(...numbered)
      .when(stamp())
      .then({ type: 'CopyStamped', data: { bookId, number, ...facts, ...file } });
  });

  it('comes after the number, and of one that stands', () => {
    given(...played(open))
      .when(stamp())
      .thenRefused('ENTRY_NOT_FOUND', { number: 1 });
    given(...played(open, assign(), voidNumber()))
      .when(stamp())
      .thenRefused('ENTRY_VOIDED', { numberText: '001/ĐT' });
    given(...played(open, assign(), revoke()))
      .when(stamp())
      .thenRefused('ENTRY_REVOKED', { numberText: '001/ĐT' });
    given(...played(open, assign(), pause({ knownLast: 2 }), resume({ lastGiven: 2 })))
      .when(stamp({ number: 2 }))
      .thenRefused('ENTRY_LOST', { number: 2 });
  });

  it('is still possible in a closed book, whose last numbers are stamped the day after', () => {
    given(...played(open, assign(), closeBook()))
      .when(stamp())
      .thenTypes('CopyStamped');
  });

  it('asked for again with the same file leads to nothing, before and after it is signed', () => {
    given(...stamped)
      .when(stamp())
      .thenNothing();
    given(...played(open, assign(), stamp(), sign()))
      .when(stamp())
      .thenNothing();
  });

  it('is recorded anew where the same file says something else by now', () => {
    // KT. and a title are the same words as one title of both.
    const before = { authority: 'KT.', certifierTitle: 'Chủ tịch UBND' } as const;
    const now = { authority: null, certifierTitle: 'KT. Chủ tịch UBND' } as const;
    const first = stamp({ facts: { ...stamp().facts, ...before } });
    const anew = stamp({ facts: { ...stamp().facts, ...now } });
    const corrected = played(open, assign(before), first, correct(now));
    given(...corrected)
      .when(sign())
      .thenRefused('COPY_OUTDATED');
    given(...corrected)
      .when(anew)
      .thenTypes('CopyStamped');
    given(...played(open, assign(before), first, correct(now), anew))
      .when(sign())
      .thenTypes('CopySigned');
    given(...played(open, assign(before), first, sign(), correct(now)))
      .when(anew)
      .thenNothing();
  });

  it('replaces the stamp before, until it is signed', () => {
    given(...stamped)
      .when(other)
      .thenTypes('CopyStamped');
    given(...played(open, assign(), stamp(), sign()))
      .when(other)
      .thenRefused('COPY_SIGNED', { numberText: '001/ĐT' });
  });

  it('says what the register says at that moment, and nothing from before a correction', () => {
    given(...played(open, assign(), correct({ certifierTitle: 'Chủ tịch UBND' })))
      .when(stamp())
      .thenRefused('COPY_OUTDATED', { numberText: '001/ĐT' });
    given(...played(open, assign(), correct({ requester: 'Lê Thị Cúc Hoa' })))
      .when(stamp())
      .thenTypes('CopyStamped');
  });
});

describe('a signed copy', () => {
  it('is recorded with the names in its certificates', () => {
    const { bookId, number, file } = sign();
    const stampedSha256 = stamp().file.sha256;
    given(...stamped)
      .when(sign())
      .then({ type: 'CopySigned', data: { bookId, number, stampedSha256, ...file } });
  });

  it('comes after the stamp, and begins with the very file that was stamped last', () => {
    given(...numbered)
      .when(sign())
      .thenRefused('COPY_NOT_STAMPED', { numberText: '001/ĐT' });
    given(...stamped)
      .when(sign({ beginsWith: [] }))
      .thenRefused('COPY_OTHER_FILE', { numberText: '001/ĐT', isSigned: false });
    given(...played(open, assign(), stamp(), other))
      .when(sign())
      .thenRefused('COPY_OTHER_FILE', { numberText: '001/ĐT', isSigned: false });
  });

  it('is refused where the number came to its end, or was corrected behind its stamp', () => {
    given(...played(open, assign(), stamp(), voidNumber()))
      .when(sign())
      .thenRefused('ENTRY_VOIDED', { numberText: '001/ĐT' });
    given(...played(open, assign(), stamp(), correct({ certifierFullName: 'Trần Văn Bảo' })))
      .when(sign())
      .thenRefused('COPY_OUTDATED', { numberText: '001/ĐT' });
  });

  it('takes another signature behind the first, and the same file once', () => {
    const signed = played(open, assign(), stamp(), sign());
    const both = ['Nguyễn Văn An', 'UBND xã Ba Bể'];
    const more = { sha256: 'f'.repeat(64), bytes: 220_000, signers: both };
    const hashes = [stamp().file.sha256, sign().file.sha256];
    given(...signed)
      .when(sign())
      .thenNothing();
    given(...signed)
      .when(sign({ file: more, beginsWith: hashes }))
      .thenTypes('CopySigned');
    given(...signed)
      .when(sign({ file: more, beginsWith: hashes.slice(0, 1) }))
      .thenRefused('COPY_OTHER_FILE', { numberText: '001/ĐT', isSigned: true });
  });

  it('can be revoked, and not be voided as if it had never been', () => {
    const signed = played(open, assign(), stamp(), sign());
    given(...signed)
      .when(voidNumber())
      .thenRefused('COPY_SIGNED', { numberText: '001/ĐT' });
    given(...signed)
      .when(revoke())
      .thenTypes('CertificationRevoked');
  });
});

describe('the signature on a stamp', () => {
  const signature = { account: 'an.nguyen', id: 's-1', version: 1, sha256: 'a'.repeat(64) };
  const numbered = assign({ signature });
  const on = (...commands: readonly RegisterCommand[]) => {
    const entry = stateAfter(played(open, numbered, ...commands)).entries.get(1);
    return entry && signatureOn(entry, entry);
  };

  it('is the one the number was given with, whatever else was corrected', () => {
    expect(on()).toEqual(signature);
    expect(on(correct({ requester: 'Lê Thị Cúc Hoa' }))).toEqual(signature);
  });

  it('is left out where who certifies was corrected: its picture shows who it was', () => {
    expect(on(correct({ certifierFullName: 'Trần Văn Bảo' }))).toBeNull();
    expect(on(correct({ certifierTitle: 'Chủ tịch UBND' }))).toBeNull();
    expect(on(correct({ authority: 'KT.' }))).toBeNull();
  });

  it('is there again where the correction was taken back', () => {
    const { certifierTitle } = assign();
    const corrected = correct({ certifierTitle: 'Chủ tịch UBND' });
    expect(on(corrected, correct({ certifierTitle }))).toEqual(signature);
  });
});

describe('what is shown of a copy', () => {
  const stateOf = (...events: Parameters<typeof stateAfter>[0]) => {
    const entry = stateAfter(events).entries.get(1);
    return entry && shownEntry(entry).copy?.state;
  };

  it('is where it is on its way', () => {
    expect(stateOf(...numbered)).toBeUndefined();
    expect(stateOf(...stamped)).toBe('stamped');
    expect(stateOf(...played(open, assign(), stamp(), sign()))).toBe('signed');
    const corrected = correct({ certifierTitle: 'Chủ tịch UBND' });
    expect(stateOf(...played(open, assign(), stamp(), corrected))).toBe('outdated');
    expect(stateOf(...played(open, assign(), stamp(), sign(), corrected))).toBe('signed');
    expect(stateOf(...played(open, assign(), stamp(), voidNumber()))).toBe('ended');
  });
});
