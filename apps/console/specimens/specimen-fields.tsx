import { lengths, type SpecimenAnswer } from '#client';
import type { Faults } from '../api/command.ts';
import { Button } from '../parts/button.tsx';
import { CheckField, ChoiceField, TextField } from '../parts/field.tsx';
import { FileField } from '../parts/file-field.tsx';
import { Window } from '../parts/window.tsx';
import { useWords } from '../words/words.tsx';
import type { Kind, Specimen, SpecimenDraft } from './kinds.ts';
import { ShownFile, SpecimenImage } from './specimen-image.tsx';

interface FieldsProps {
  readonly kind: Kind;
  readonly item: Specimen | undefined;
  readonly draft: {
    readonly values: SpecimenDraft;
    readonly set: (name: keyof SpecimenDraft) => (value: string) => void;
  };
  readonly faults: Faults;
  readonly image: File | undefined;
  readonly onImage: (image: File | undefined) => void;
}

const most = lengths.EditSignatureUpload;
const authorities = ['TM.', 'KT.', 'TL.', 'TUQ.'] as const;

export function SpecimenFields({ kind, item, draft, faults, image, onImage }: FieldsProps) {
  const words = useWords();
  const own = words.specimens[kind];
  const about = (name: keyof SpecimenDraft, label: string) => ({
    name,
    label,
    value: draft.values[name],
    onValue: draft.set(name),
    fault: faults[name],
  });
  return (
    <>
      <TextField {...about('name', own.name)} must hint={own.nameHint} maxLength={most.name} />
      {kind === 'signature' && <SignerFields about={about} />}
      <FileField
        name="image"
        label={own.image}
        must={!item}
        hint={item ? `${own.imageHint} ${words.specimens.keepImage}` : own.imageHint}
        fault={faults['image']}
        file={image}
        onFile={onImage}
      />
      {image ? (
        <ShownFile file={image} alt={words.specimens.preview} />
      ) : (
        item && <SpecimenImage kind={kind} id={item.id} version={item.version} alt={own.image} />
      )}
      {faults['image'] !== undefined && <CheckField {...about('crop', words.specimens.crop)} />}
      <CheckField {...about('isDefault', words.specimens.setDefault)} />
      {item && (
        <TextField
          {...about('reason', words.reason)}
          hint={words.specimens.reasonHint}
          maxLength={most.reason}
        />
      )}
    </>
  );
}

interface SignerProps {
  readonly about: (
    name: keyof SpecimenDraft,
    label: string,
  ) => {
    readonly name: string;
    readonly label: string;
    readonly value: string;
    readonly onValue: (value: string) => void;
    readonly fault: string | undefined;
  };
}

function SignerFields({ about }: SignerProps) {
  const words = useWords();
  const none: readonly [string, string] = ['', words.specimens.noAuthority];
  return (
    <div className="grid-2">
      <TextField
        {...about('signerFullName', words.specimens.signerFullName)}
        must
        maxLength={most.signerFullName}
      />
      <TextField
        {...about('signerTitle', words.specimens.signerTitle)}
        must
        maxLength={most.signerTitle}
      />
      <ChoiceField
        {...about('authority', words.specimens.authority)}
        options={[none, ...authorities.map((one): [string, string] => [one, one])]}
      />
    </div>
  );
}

interface AdviceProps {
  readonly kind: Kind;
  readonly title: string;
  readonly image: File | undefined;
  readonly advice: SpecimenAnswer['warnings'];
  readonly onClose: () => void;
}

/** What the service recommends about a picture that it kept. */
export function Advice({ kind, title, image, advice, onClose }: AdviceProps) {
  const words = useWords();
  return (
    <Window title={title} onClose={onClose}>
      <div className="notice warn" role="status">
        <strong>{words.specimens.advice}</strong>
        {advice.map(({ code, detail }) => (
          <p key={code}>{detail}</p>
        ))}
      </div>
      <h3>{words.specimens[kind].image}</h3>
      <ShownFile file={image} alt={words.specimens[kind].image} />
      <div className="row end">
        <Button kind="main-act" onClick={onClose}>
          {words.close}
        </Button>
      </div>
    </Window>
  );
}
