import { runtimeClassRemoved as rule } from '../../../lib/judge/rules/runtime-class-removed';
import { application, helmRelease } from '../chart';
import { find, runtimeClass, state } from '../given';

const template = (kind: string, apiVersion: string, path: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: web, namespace: shop }\n` +
  `spec: ${path.replace('POD', '{ runtimeClassName: liqo, containers: [] }')}\n`;

const users = [
  template('Pod', 'v1', 'POD'),
  template('Deployment', 'apps/v1', '{ template: { spec: POD } }'),
  template('StatefulSet', 'apps/v1', '{ template: { spec: POD } }'),
  template('DaemonSet', 'apps/v1', '{ template: { spec: POD } }'),
  template('ReplicaSet', 'apps/v1', '{ template: { spec: POD } }'),
  template('ReplicationController', 'v1', '{ template: { spec: POD } }'),
  template('Job', 'batch/v1', '{ template: { spec: POD } }'),
  template('CronJob', 'batch/v1', '{ jobTemplate: { spec: { template: { spec: POD } } } }'),
];

test.each(users)('finds a class that is still used, case %#', (user) => {
  const found = find(rule, state(user), state(runtimeClass('liqo')));
  expect(found).toMatchObject([{ message: expect.stringContaining("'shop/web' still names it") }]);
});

test('counts the others', () => {
  const [found] = find(rule, state(...users), state(runtimeClass('liqo')));
  expect(found?.message).toContain("Pod 'shop/web' and 7 more still");
});

const [pod = ''] = users;
test.each([
  ['a class that nobody uses', state(), runtimeClass('liqo')],
  ['a class that stays', state(pod, runtimeClass('liqo')), runtimeClass('liqo')],
  ['another class', state(pod), runtimeClass('gvisor')],
  ['a use in the old state only', state(runtimeClass('other')), `${runtimeClass('liqo')}---\n${pod}`],
  ['a kind of another group', state(pod), runtimeClass('liqo', 'liqo', 'example.com/v1')],
  ['another kind of the group', state(pod), runtimeClass('liqo').replace('RuntimeClass', 'Other')],
])('passes over %s', (_, after, before) => {
  expect(find(rule, after, state(before))).toEqual([]);
});

const named = (name: string) => `offloading: { runtimeClass: { name: ${name} } }`;

test.each([
  ['a HelmRelease', helmRelease(`values: { ${named('far')} }`), helmRelease()],
  ['an Application', application(`{ valuesObject: { ${named('far')} } }`), application()],
])('finds a class that %s gives another name', (_, is, was) => {
  expect(find(rule, state(pod, is), state(pod, was))).toMatchObject([
    {
      message: expect.stringContaining("RuntimeClass 'liqo' is renamed to 'far' by a value of Liqo's chart"),
    },
  ]);
  expect(find(rule, state(is), state(was))).toEqual([]);
  expect(find(rule, state(pod, is, runtimeClass('liqo')), state(pod, was))).toEqual([]);
  expect(find(rule, state(pod, was), state(pod, was))).toEqual([]);
});
