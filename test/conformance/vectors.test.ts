// What upstream said of the vectors is what the project says of them, but for the exceptions, each of which occurs.
import { compare } from './compare';
import { EXCEPTIONS } from './exceptions';
import { KINDS } from './kinds/every';
import { readVectors } from './vectors';

const results = KINDS.map((kind) => ({
  kind,
  vectors: readVectors(kind.name).map((vector) => ({
    ...vector,
    comparison: compare(kind, vector.input, vector.answer),
  })),
}));

test.each(results)('$kind.name: many cases', ({ vectors }) => {
  expect(vectors.length).toBeGreaterThan(150);
});

test.each(results)('$kind.name: the project and upstream agree', ({ vectors }) => {
  expect(vectors.filter(({ comparison }) => comparison.outcome === 'different')).toEqual([]);
});

test.each(results)('$kind.name: upstream was asked what the project would ask now', ({ kind, vectors }) => {
  const other = vectors.filter(({ input, asked }) => kind.asked?.(input) !== asked);
  // Where the writer changed on purpose: npm run conformance -- --record
  expect(other).toEqual([]);
});

const occurring = EXCEPTIONS.flatMap(({ name, kinds }) => kinds.map((kind) => ({ name, kind })));

test.each(occurring)('the exception $name occurs among the cases of $kind', ({ name, kind }) => {
  const found = results
    .filter((one) => one.kind.name === kind)
    .flatMap(({ vectors }) => vectors)
    .filter(({ comparison: one }) => one.outcome === 'excepted' && one.exception.name === name);
  expect(found.length).toBeGreaterThan(0);
});

test('the vectors show both sides of every verdict', () => {
  const answers = (name: string) =>
    new Set(readVectors(name).map(({ answer }) => (Array.isArray(answer) ? 'read' : JSON.stringify(answer))));
  expect(answers('parse')).toEqual(new Set(['read', '"refused"']));
  expect([...answers('match')].sort()).toEqual([
    '{"liqo":"error","scheduler":"error"}',
    '{"liqo":"no","scheduler":"no"}',
    '{"liqo":"yes","scheduler":"no"}',
    '{"liqo":"yes","scheduler":"yes"}',
  ]);
  expect([...answers('offloading')].sort()).toEqual(
    [
      ['accepted', 0],
      ['accepted', 1],
      ['mapping', 0],
      ['name', 0],
      ['remoteName', 0],
      ['required', 0],
      ['schema', 0],
    ].map(([outcome, warnings]) => JSON.stringify({ outcome, warnings })),
  );
});
