import { valueAt } from '../../manifests/manifest';
import type { ChangeRule } from '../rule';
import { updated } from '../state';

export const runtimeClassHandlerImmutable: ChangeRule = {
  name: 'runtime-class-handler-immutable',
  category: 'refused',
  about: 'change',
  summary: 'The handler of a RuntimeClass changes.',
  why: 'The API server refuses the update: the handler is immutable.',
  source: 'Kubernetes node.k8s.io/v1 RuntimeClass, `handler`',
  check: ({ before, after }) =>
    updated(before, after.runtimeClasses).flatMap(({ was, is }) => {
      const [old, now] = [was, is].map(({ body }) => valueAt(body, 'handler'));
      if (typeof old !== 'string' || typeof now !== 'string' || old === now) return [];
      return [
        {
          message: `The API server refuses the update of RuntimeClass '${is.name}': its handler is immutable, and this changes it from '${old}' to '${now}'.`,
          remedy: `Set it back to '${old}', or add a class with another name.`,
          manifest: is,
          field: ['handler'],
        },
      ];
    }),
};
