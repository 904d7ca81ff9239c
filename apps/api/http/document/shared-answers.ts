import type { OpenAPIObject } from '@nestjs/swagger';

type Answers = Readonly<Record<string, object>>;
interface Operation {
  readonly operationId: string;
  readonly responses: Answers;
}
type Items = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/** Every refusal that operations have in common, under the name it gets: `openBook401`. */
function sharedIn(paths: Items): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  const shared = new Map<string, string>();
  const operations = Object.values(paths).flatMap((item) => Object.values(item));
  for (const { operationId, responses } of operations) {
    for (const [status, answer] of Object.entries(responses)) {
      const text = JSON.stringify(answer);
      const name = first.get(text);
      if (name !== undefined) shared.set(text, name);
      else if (/^[45]/.test(status)) first.set(text, `${operationId}${status}`);
    }
  }
  return shared;
}

/** Says once what several operations are refused with, named by the first of them. */
export function shareAnswers({ paths, components, ...document }: OpenAPIObject): OpenAPIObject {
  const shared = sharedIn(paths as unknown as Items);
  const refer = (answer: object): object => {
    const name = shared.get(JSON.stringify(answer));
    return name === undefined ? answer : { $ref: `#/components/responses/${name}` };
  };
  const ofEach = <T extends object>(all: Readonly<Record<string, T>>, map: (one: T) => object) =>
    Object.fromEntries(Object.entries(all).map(([name, one]) => [name, map(one)]));
  const items = ofEach(paths as unknown as Items, (item) =>
    ofEach(item, (one) => ({ ...one, responses: ofEach(one.responses, refer) })),
  );
  const named = [...shared].map(([text, name]) => [name, JSON.parse(text) as object]);
  const responses = Object.fromEntries(named) as object;
  return {
    ...document,
    paths: items,
    components: { ...components, responses },
  } as OpenAPIObject;
}
