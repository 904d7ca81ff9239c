import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { lengths, type DevelopmentPersonRow, type DevelopmentTokenDto } from '#client';
import { faultsOf } from '../api/command.ts';
import { Failure } from '../parts/failure.tsx';
import { TextField } from '../parts/field.tsx';
import { useWords } from '../words/words.tsx';
import { enterAs, personOf, rememberedPerson } from './development.ts';
import { useStanding } from './session.ts';

const initials = (name: string): string =>
  name
    .split(' ')
    .slice(-2)
    .map((word) => word[0])
    .join('');

interface Entering {
  readonly person: DevelopmentTokenDto;
  readonly agency?: string;
}

interface PersonProps {
  readonly one: DevelopmentPersonRow;
  readonly disabled: boolean;
  readonly onPick: () => void;
}

function Person({ one: { name, roleLabel }, disabled, onPick }: PersonProps) {
  return (
    <button type="button" className="person" disabled={disabled} onClick={onPick}>
      <span className="avatar" aria-hidden="true">
        {initials(name)}
      </span>
      <span>
        {name}
        <small>{roleLabel}</small>
      </span>
    </button>
  );
}

/** The people of the development issuer, one for each role. */
export function PersonPicker({ people }: { readonly people: readonly DevelopmentPersonRow[] }) {
  const words = useWords();
  const standing = useStanding();
  const [agency, setAgency] = useState('BK-001');
  const { mutate, error, isPending } = useMutation({
    mutationFn: ({ person, agency: wanted }: Entering) => enterAs(person, wanted),
  });
  useEffect(() => {
    const person = rememberedPerson();
    if (person && standing.kind === 'out' && standing.reason === 'none') mutate({ person });
    // Once, on arriving.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  const fault = faultsOf(error)['agency'];
  return (
    <>
      <p className="soft">{words.signIn.development}</p>
      <TextField
        name="agency"
        label={words.signIn.agency}
        value={agency}
        onValue={(value) => setAgency(value.toUpperCase())}
        fault={fault}
        maxLength={lengths.DevelopmentTokenDto.agency}
      />
      {fault === undefined && <Failure error={error} />}
      <ul className="people">
        {people.map((one) => (
          <li key={one.account}>
            <Person
              one={one}
              disabled={isPending}
              onPick={() => mutate({ person: personOf(one, agency), agency })}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
