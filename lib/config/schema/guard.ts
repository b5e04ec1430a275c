// The guard's settings.
import { closed, type Violation } from '../../input/schema';
import { GUARD_ACTIONS, GUARDED } from '../../liqo/guard';
import type { GuardConfig } from '../types';
import { label } from './fields';

const action = { enum: GUARD_ACTIONS };
const names = { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } };

export const guardSchema = closed([], {
  action,
  actions: closed([], Object.fromEntries(Object.keys(GUARDED).map((name) => [name, action]))),
  policies: { type: 'object', additionalProperties: action },
  engines: names,
  exempt: closed([], { users: names, groups: names }),
  liqoNamespace: label,
  parametersNamespace: label,
});

/** Groups that everybody is in, or every service account. */
const EVERYBODY = ['system:authenticated', 'system:unauthenticated', 'system:serviceaccounts'];

/** Who would let everybody pass: the API server knows no patterns, so whoever writes one means all. */
const isEverybody = (name: string) => name.includes('*') || EVERYBODY.includes(name);

/** An exemption for everybody is no guard. */
export function guardViolations({ engines = [], exempt = {} }: GuardConfig = {}): Violation[] {
  const lists = {
    '/guard/engines': engines,
    '/guard/exempt/users': exempt.users ?? [],
    '/guard/exempt/groups': exempt.groups ?? [],
  };
  return Object.entries(lists).flatMap(([path, all]) =>
    all.flatMap((name, i) => {
      if (!isEverybody(name)) return [];
      const message = name.includes('*')
        ? `'${name}' is a pattern, but users and groups are compared by exact name`
        : `the guard would exempt almost all users, because they are in '${name}'`;
      const remedy =
        'name single users or groups, such as system:serviceaccount:flux-system:kustomize-controller';
      return [{ path: `${path}/${i}`, message, remedy }];
    }),
  );
}
