import { idBefore } from '../../lib/case/consumer';

const config = (rest: string) => `export default defineCluster({ ${rest} });\n`;
const NOW = config("id: 'rome'");

test.each([
  ['another text', config("id: 'venice'"), 'venice'],
  ['other quotes', config('id: "venice", baseline: "main"'), 'venice'],
  ['the same', NOW, 'rome'],
])('reads %s', (_, then, id) => {
  expect(idBefore(then, NOW, 'rome')).toBe(id);
});

test.each([
  ['no plain text', config('id: process.env.ID'), NOW, 'rome'],
  ['two of them', config("id: 'a', other: { id: 'b' }"), NOW, 'rome'],
  ['a text of today that does not give what it is', config("id: 'venice'"), config('id: "x"'), 'rome'],
  ['no config', config("id: 'venice'"), NOW, undefined],
])('believes nothing of %s', (_, then, now, id) => {
  expect(idBefore(then, now, id)).toBeUndefined();
});
