import { useEffect, useRef, useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { PortalProblem, type Answer, type CommandOptions } from '#client';
import { ContentKeys } from './content-keys.ts';
import { wrote } from './portal.ts';

/** Field in the request → what is wrong with it, in the service's own words. */
export type Faults = Readonly<Record<string, string>>;

export interface Command<Body, Data> {
  /** Sends it; the same content again goes under the same key, so that it is done once. */
  readonly send: (body: Body) => void;
  readonly busy: boolean;
  /** Why it was not done, where that is of no single field, or nobody knows whether it was. */
  readonly failure: unknown;
  readonly faults: Faults;
  /** A 412: what stands there by now. */
  readonly conflict: PortalProblem | undefined;
  readonly forget: () => void;
  readonly data: Data | undefined;
}

/** What the refusal says of each field. */
export function faultsOf(error: unknown): Faults {
  if (!(error instanceof PortalProblem)) return {};
  const told = error.errors.map(({ field, detail }) => [field, detail]);
  const one = error.field === undefined ? [] : [[error.field, error.detail]];
  return Object.fromEntries([...one, ...told]) as Faults;
}

/** What is wrong: what is found before sending, from the first attempt on, else what the service said. */
export function useChecked(
  found: Faults,
  remote: Faults,
): { readonly faults: Faults; readonly passes: () => boolean } {
  const [isTried, setTried] = useState(false);
  const isSound = Object.keys(found).length === 0;
  const passes = (): boolean => {
    setTried(true);
    return isSound;
  };
  return { faults: isTried && !isSound ? found : remote, passes };
}

interface About<Body, Data> {
  /**
   * Looks once more, where the service itself would not tell: whether what was typed is about what
   * still stands. Where it is not, nothing is sent.
   */
  readonly stands?: () => Promise<boolean>;
  readonly run: (body: Body, options: CommandOptions) => Promise<Answer<Data>>;
  /**
   * Told what was sent: what is on the screen may be something else by then. That it was done is said
   * wherever the person has gone meanwhile.
   */
  readonly onDone?: (answer: Answer<Data>, body: Body) => void;
  /** Leaves the screen. Not called where it was left before the answer came: another is open by then. */
  readonly close?: (answer: Answer<Data>) => void;
  /** The fields that are on the screen: a fault of another is told as a failure. */
  readonly fields: readonly string[];
}

/** What tells one content from another; a file by its name, size and age. */
const contentOf = (body: unknown): string =>
  JSON.stringify(body, (_key, value: unknown) =>
    value instanceof File ? [value.name, value.size, value.lastModified] : value,
  );

/** Whether what is on the screen has been left by now. */
function useGone(): () => boolean {
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
    };
  }, []);
  return () => isGone.current;
}

/** A command of the service behind a form; one whose window was closed before it went out is not sent. */
export function useCommand<Body, Data>(about: About<Body, Data>): Command<Body, Data> {
  const client = useQueryClient();
  const [keys] = useState(() => new ContentKeys());
  const [forgotten, setForgotten] = useState<unknown>();
  const isGone = useGone();
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: async (body: Body) => {
      if (about.stands && (!(await about.stands()) || isGone())) return null;
      return about.run(body, { key: keys.of(contentOf(body)) });
    },
    onSuccess: (answer, body) => {
      if (answer === null) return;
      keys.done();
      wrote(answer.position);
      about.onDone?.(answer, body);
      if (!isGone()) about.close?.(answer);
      // Lists come when they come: what is sent next does not wait for them.
      void client.invalidateQueries();
    },
  });
  const open = error === forgotten ? null : error;
  const all = faultsOf(open);
  const faults = Object.fromEntries(
    Object.entries(all).filter(([field]) => about.fields.includes(field)),
  );
  const conflict = open instanceof PortalProblem && open.status === 412 ? open : undefined;
  const isShown = conflict !== undefined || Object.keys(faults).length > 0;
  return {
    send: (body) => mutate(body),
    busy: isPending,
    failure: isShown && Object.keys(all).length === Object.keys(faults).length ? undefined : open,
    faults,
    conflict,
    forget: () => setForgotten(error),
    data: data?.data,
  };
}
