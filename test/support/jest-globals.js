/** What tests import from `@jest/globals`: always the globals of the file that is running. */
import { ModuleMocker } from 'jest-mock';

let now = {};

/** Sets the globals of the file that begins. */
export function useGlobals(given) {
  now = given;
}

const current = (name) =>
  new Proxy(() => {}, {
    apply: (_target, _self, args) => now[name](...args),
    get: (_target, key) => now[name][key],
  });

export const afterAll = current('afterAll');
export const afterEach = current('afterEach');
export const beforeAll = current('beforeAll');
export const beforeEach = current('beforeEach');
export const describe = current('describe');
export const expect = current('expect');
export const it = current('it');
export const test = current('test');
export const jest = new ModuleMocker(globalThis);
