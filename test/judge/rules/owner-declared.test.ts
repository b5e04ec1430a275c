import { ownerDeclared as rule } from '../../../lib/judge/rules/owner-declared';
import { fieldFor, find, namespace, offloading, state } from '../given';

const OWNED = 'ownerReferences: [{ apiVersion: v1, kind: ConfigMap, name: a, uid: b }]';

test('finds a namespace and an offloading that name an owner', () => {
  const found = find(rule, state(namespace('shop', OWNED), offloading('shop', '{}', { metadata: OWNED })));
  expect(found).toMatchObject([
    {
      namespace: 'shop',
      message: expect.stringContaining("The NamespaceOffloading of 'shop' has ownerReferences"),
    },
    { namespace: 'shop', message: expect.stringContaining("The Namespace of 'shop' has ownerReferences") },
  ]);
  expect(found.map(fieldFor)).toEqual(['metadata.ownerReferences', 'metadata.ownerReferences']);
});

test('passes over those that name none, and over other objects', () => {
  const other = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: shop, ${OWNED} }\n`;
  expect(find(rule, state(namespace('shop'), namespace('blog', 'ownerReferences: []'), other))).toEqual([]);
});
